// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import GRDB
import Store

/// 2026-11-22T12:00:00.000Z, and what comes after it.
func time(_ seconds: Double = 0) -> Date { Date(timeIntervalSince1970: 1_795_348_800 + seconds) }

/// A clinic in a real file of its own, which goes when the test is over.
final class TestClinic: Sendable {
    let folder: URL
    let database: SQLiteDatabase
    let charts: Charts
    let people: People

    var path: String { folder.appending(path: "clinic.sqlite").path }

    init() async throws {
        folder = try Self.newFolder()
        database = try await SQLiteDatabase(
            path: folder.appending(path: "clinic.sqlite").path, create: true, now: time())
        charts = Charts(database)
        people = People(database)
        try await people.add(
            Account(id: "anna", role: .patient, name: "Anna Berg", language: "en"), now: time())
        try await people.add(
            Account(
                id: "tom", role: .therapist, name: "Tom Stone", email: "Tom@Clinic.example", language: "en"),
            now: time())
        try await charts.open("e1", for: "anna", now: time())
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "soleus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Another program at the file, past everything that the store promises.
    func tamper(_ statements: String...) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            for table in ["entry", "audit"] {
                for act in ["update", "delete"] {
                    try database.execute(sql: "DROP TRIGGER IF EXISTS \(table)_no_\(act)")
                }
            }
            for statement in statements { try database.execute(sql: statement) }
        }
        try queue.close()
    }

    /// Appends messages "1", "2", … up to `count`, one at a time.
    func fill(_ episode: Episode.ID = "e1", count: Int) async throws {
        for number in 1...count {
            _ = try await charts.append(
                [message("\(number)")], to: episode, expecting: number - 1, form: nil, standing: "{}",
                now: time(Double(number)))
        }
    }
}

func message(_ text: String, id: Entry.ID = IDSource.random.make()) -> Draft {
    Draft(
        id: id, author: Author(id: "anna", part: .patient), pathway: "calf-tear 1.0.0",
        event: .messageSent(MessageSent(text: text)))
}

func texts(_ entries: [Entry]) -> [String] {
    entries.map { entry in
        guard case .messageSent(let message) = entry.event else { return "?" }
        return message.text
    }
}
