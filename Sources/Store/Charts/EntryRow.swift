// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// One row of `entry`, as it is written and as it is checked.
struct EntryRow {
    let entry: Entry
    let form: String?
    let previous: String
    let hash: String

    /// The row that follows `previous`.
    init(_ entry: Entry, form: String?, previous: String) throws {
        self.entry = entry
        self.form = form
        self.previous = previous
        hash = Chain.hash(
            previous: previous,
            columns: [
                entry.id.value, entry.episode.value, entry.sequence.value, entry.at.value,
                entry.author.id.value, .text(entry.author.part.rawValue), .text(entry.pathway),
                .text(entry.event.kind.rawValue), .text(try entry.event.content()), form.value
            ])
    }

    static let columns: SQL = """
        id, episode, sequence, at, author, author_part, pathway, kind, content, form, previous_hash, hash
        """

    func insert(into connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO entry (\(Self.columns))
            VALUES (\(entry.id), \(entry.episode), \(entry.sequence), \(entry.at), \(entry.author.id),
                \(entry.author.part.rawValue), \(entry.pathway), \(entry.event.kind.rawValue),
                \(try entry.event.content()), \(form), \(previous), \(hash))
            """)
    }

    /// The entry of a row, whatever its hash says.
    static func entry(_ row: Row) throws -> Entry {
        let kind = try row.text("kind")
        let event: Event
        do { event = try Event(kind: kind, content: try row.text("content")) } catch is Event.CodingFailure {
            throw StoreError.unreadable("entry.kind \(kind)")
        } catch is DecodingError { throw StoreError.unreadable("entry.content of \(kind)") }
        return Entry(
            id: Entry.ID(try row.text("id")), episode: Episode.ID(try row.text("episode")),
            sequence: try row.integer("sequence"), at: try row.date("at"),
            author: Author(id: Person.ID(try row.text("author")), part: try row.one("author_part")),
            pathway: try row.text("pathway"), event: event)
    }

    /// The row as a link of its chain, without decoding its content.
    static func link(_ row: Row) throws -> Chain.Link {
        let columns = try [
            "id", "episode", "sequence", "at", "author", "author_part", "pathway", "kind", "content", "form"
        ].map(row.value)
        return Chain.Link(
            sequence: try row.integer("sequence"), previous: try row.text("previous_hash"),
            hash: try row.text("hash"), columns: columns)
    }
}
