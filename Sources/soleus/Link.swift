// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Clinical
import Foundation
import Store
import Web

struct Link: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a single-use sign-in link for somebody.",
        discussion: "The link works once, for 24 hours. Older unused links of the same person stop working.")

    @OptionGroup var folder: DataFolder
    @Option(help: "The server's address, to print the whole link.") var at = "http://127.0.0.1:8080"
    @Argument(help: "A role (patient, therapist, desk, admin: its first person) or a name.") var who: String

    func run() async throws {
        try await explaining {
            let database = try await folder.database()
            guard let token = try await SignInLinkMaker(database: database).link(for: who) else {
                throw Refusal("nobody here is called '\(who)'. `soleus user add` adds somebody.")
            }
            say("\(at)/enter/\(token.text)")
            try database.close()
        }
    }
}

/// Finds people by role or name and makes their links.
struct SignInLinkMaker {
    private let people: People
    private let links: SignInLinks
    private let audit: Audit

    init(site: Site) {
        (people, links, audit) = (site.people, site.links, site.audit)
    }

    init(database: any Database) {
        (people, links, audit) = (People(database), SignInLinks(database), Audit(database))
    }

    private static let hours24 = 24 * 3600

    func link(for who: String) async throws -> Token? {
        guard let person = try await person(who) else { return nil }
        let now = Date()
        let token = try await links.make(for: person.id, validFor: Self.hours24, madeBy: nil, now: now)
        try await audit.record(
            Act(actor: "command-line", part: .system, kind: .linkMade, detail: person.id.rawValue), at: now)
        return token
    }

    private func person(_ who: String) async throws -> Account? {
        if let role = Role(rawValue: who) {
            return try await people.list(role: role).first { $0.disabledAt == nil }
        }
        for role in Role.allCases {
            let found = try await people.search(name: who, role: role).filter { $0.disabledAt == nil }
            if let exact = found.first(where: { $0.name == who }) ?? found.first { return exact }
        }
        return nil
    }
}
