// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// One line of a patient's journal.
///
/// Entries are added and never changed.
public struct Entry: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<Entry>

    public let id: ID
    public let episode: Episode.ID
    /// 1, 2, 3, … without a gap.
    public let sequence: Int
    public let at: Date
    public let author: Author
    /// The pathway version in force when it was written, such as `calf-tear 1.0.0`.
    public let pathway: String
    public let event: Event

    public init(
        id: ID, episode: Episode.ID, sequence: Int, at: Date, author: Author, pathway: String, event: Event
    ) {
        self.id = id
        self.episode = episode
        self.sequence = sequence
        self.at = at
        self.author = author
        self.pathway = pathway
        self.event = event
    }
}
