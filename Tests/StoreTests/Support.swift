// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// 2026-11-22T12:00:00.000Z, and what comes after it.
func time(_ seconds: Double = 0) -> Date { Date(timeIntervalSince1970: 1_795_348_800 + seconds) }

/// A clinic in a real database of its own, which goes when the test is over.
final class TestClinic: Sendable {
    let place: TestPlace
    let database: any Database
    let charts: Charts
    let people: People

    /// The file, or the schema.
    var path: String { place.path }

    init(_ backend: Backend = .current) async throws {
        place = try TestPlace.make(backend)
        database = try await place.open(create: true)
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

    deinit {
        try? database.close()
        place.remove()
    }

    static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "soleus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// The same rows as another server process has them: connections of its own.
    func anotherProcess() async throws -> any Database { try await place.open() }

    /// Another program at the rows, past everything that the store promises.
    func tamper(_ statements: String...) throws { try place.tamper(statements) }

    /// Makes the database refuse an act on a table.
    func stop(_ act: String, on table: String) async throws {
        try await database.write { try $0.define(place.stop(act, on: table)) }
    }

    func letGo(_ table: String) async throws {
        try await database.write { try $0.define(place.letGo(table)) }
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
