// SPDX-License-Identifier: Apache-2.0

/// What somebody is to the clinic.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case patient
    case therapist
    case desk
    case admin
}

/// Who wrote an entry.
public struct Author: Hashable, Sendable, Codable {
    public enum Part: String, Hashable, Sendable, Codable {
        case patient, therapist, desk, admin
        /// The pathway's own decision, made from the entries before it.
        case engine
    }

    public let id: Person.ID
    public let part: Part

    public init(id: Person.ID, part: Part) {
        self.id = id
        self.part = part
    }

    public init(id: Person.ID, role: Role) {
        self.id = id
        part =
            switch role {
            case .patient: .patient
            case .therapist: .therapist
            case .desk: .desk
            case .admin: .admin
            }
    }

    public static let engine = Author(id: "engine", part: .engine)
}
