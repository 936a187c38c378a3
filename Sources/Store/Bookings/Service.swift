// SPDX-License-Identifier: Apache-2.0

/// Something that can be booked, as `clinic.yaml` lists it.
package struct Service: Hashable, Sendable, Identifiable {
    /// For ever: appointments point at it.
    package let id: String
    /// By language code.
    package let names: [String: String]
    /// How long the person is there.
    package let minutes: Int
    /// How long therapist and room are taken after that.
    package let bufferMinutes: Int
    /// Visitors and patients may book it themselves; else the desk alone.
    package let isPublic: Bool
    /// What it takes besides a therapist.
    package let needs: Resource.Kind?

    package init(
        id: String, names: [String: String], minutes: Int, bufferMinutes: Int = 0, isPublic: Bool = true,
        needs: Resource.Kind? = nil
    ) {
        self.id = id
        self.names = names
        self.minutes = minutes
        self.bufferMinutes = bufferMinutes
        self.isPublic = isPublic
        self.needs = needs
    }

    /// The name in a language, else in English, else the id.
    package func name(in language: String) -> String { names[language] ?? names["en"] ?? id }
}

/// A room or a table, which one person at a time can use.
package struct Resource: Hashable, Sendable, Identifiable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case room, table
    }

    /// For ever: appointments point at it.
    package let id: String
    package let kind: Kind
    package let name: String

    package init(id: String, kind: Kind, name: String) {
        self.id = id
        self.kind = kind
        self.name = name
    }
}

/// What the clinic says of one therapist, by the e-mail they sign in with.
///
/// Who has none works in the clinic's hours and offers every service.
package struct TherapistProfile: Hashable, Sendable {
    /// In lower case.
    package let email: String
    /// nil: the clinic's.
    package let hours: OpenHours?
    /// Ids of services; nil: all.
    package let services: Set<String>?
    package let languages: [String]
    /// A line about them for the public, by language code.
    package let about: [String: String]

    package init(
        email: String, hours: OpenHours? = nil, services: Set<String>? = nil, languages: [String] = [],
        about: [String: String] = [:]
    ) {
        self.email = email.lowercased()
        self.hours = hours
        self.services = services
        self.languages = languages
        self.about = about
    }
}
