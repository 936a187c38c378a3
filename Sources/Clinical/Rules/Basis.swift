// SPDX-License-Identifier: Apache-2.0

/// How far a fact can be trusted, as `EVIDENCE` tags it.
public enum EvidenceTag: String, Hashable, Sendable, Codable, CaseIterable {
    /// Read in the primary source.
    case primary = "F"
    /// Read in a secondary source.
    case secondary = "F2"
    /// Recalled, not read: may only make an answer more careful.
    case recalled = "M"
    /// A proposal of this project, waiting for a clinician's signature.
    case proposal = "S"
}

/// Where a rule or a number comes from: its citations and how far they were read.
public struct Basis: Hashable, Sendable {
    public let sources: [Citation.ID]
    public let tag: EvidenceTag
}

/// A source that rules and numbers point at.
public struct Citation: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<Citation>

    public let id: ID
    /// Authors, year and title as a reader would look for it.
    public let text: String
    /// DOI or address, where there is one.
    public let link: String?
}
