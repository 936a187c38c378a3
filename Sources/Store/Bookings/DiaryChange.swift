// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// A one-off change to the hours: a closure, extra hours, or time that another calendar says is taken.
package struct DiaryChange: Hashable, Sendable, Identifiable {
    package typealias ID = Identifier<DiaryChange>

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Not open, whatever the hours say.
        case closed
        /// Open, although the hours and the holidays say no.
        case open
        /// Taken, as another calendar says.
        case busy
    }

    package let id: ID
    package let kind: Kind
    /// Whose hours; nil: the whole clinic's.
    package let therapist: Person.ID?
    package let starts: Date
    package let ends: Date
    package let note: String
    /// Where it came from, such as the address of a calendar; empty where a person wrote it.
    package let source: String

    package init(
        id: ID, kind: Kind, therapist: Person.ID?, starts: Date, ends: Date, note: String = "",
        source: String = ""
    ) {
        self.id = id
        self.kind = kind
        self.therapist = therapist
        self.starts = starts
        self.ends = ends
        self.note = note
        self.source = source
    }

    static let columns: SQL = "id, kind, therapist, starts_at, ends_at, note, source"

    init(_ row: Row) throws {
        id = ID(try row.text("id"))
        kind = try row.one("kind")
        therapist = try row.textIfPresent("therapist").map { Person.ID($0) }
        starts = try row.date("starts_at")
        ends = try row.date("ends_at")
        note = try row.text("note")
        source = try row.text("source")
    }
}
