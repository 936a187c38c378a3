// SPDX-License-Identifier: Apache-2.0
// In-process figures of the engine and of the diary: `Benchmarks [--json] [--postgres ADDRESS]`.
// The PostgreSQL database at the address must be empty; it is filled and left so.

import Foundation
import Store

let folder = FileManager.default.temporaryDirectory.appending(path: "soleus-bench-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

let charts = try ChartFigures.measure()
let file = try await SQLiteDatabase(
    path: folder.appending(path: "clinic.sqlite").path, create: true, now: Date())
var diaries = [try await DiaryFigures.measure("SQLite", in: file)]
try file.close()

let arguments = CommandLine.arguments
if let option = arguments.firstIndex(of: "--postgres"), arguments.indices.contains(option + 1) {
    let server = try await PostgresDatabase(PostgresAddress(arguments[option + 1]), now: Date())
    diaries.append(try await DiaryFigures.measure("PostgreSQL", in: server))
    try server.close()
}

let report = Report(charts: charts, diaries: diaries)
print(arguments.contains("--json") ? try report.json() : report.text)
