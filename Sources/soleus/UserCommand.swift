// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import Clinical
import Foundation
import Store

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add people to the clinic.", subcommands: [Add.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a member of staff and print a single-use link to sign in with.",
            discussion: """
                In a folder with a clinic.yaml and no database yet, the first one begins the clinic. There is no default \
                and no default password: the link lets the person in once, and they set their own \
                password. Patients are added by the clinic, in the browser.
                """)

        @OptionGroup var folder: DataFolder
        @Option(help: "therapist, desk or admin.") var role: Role
        @Option(help: "The person's name.") var name: String
        @Option(help: "What they sign in with.") var email: String
        @Option(help: "The server's address, to print the whole link.") var at = "http://127.0.0.1:8080"
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard role != .patient else {
                throw ValidationError("Patients are added by the clinic in the browser, not here.")
            }
            guard email.contains("@") else { throw ValidationError("--email needs an e-mail address.") }
            guard !name.trimmingCharacters(in: .whitespaces).isEmpty else {
                throw ValidationError("--name must not be empty.")
            }
        }

        func run() async throws {
            try await explaining {
                _ = try folder.clinic()
                let database = try await folder.database(create: true)
                let account = Account(
                    id: IDSource.random.make(), role: role, name: name, email: email, language: "en")
                do {
                    try await People(database).add(account, now: Date())
                } catch StoreError.duplicate {
                    throw Refusal("somebody already signs in with \(email).")
                }
                let token = try await SignInLinks(database).make(
                    for: account.id, validFor: 24 * 3600, madeBy: nil, now: Date())
                try await Audit(database).record(
                    Act(
                        actor: "command-line", part: .system, kind: .personAdded, detail: account.id.rawValue),
                    at: Date())
                let link = "\(at)/enter/\(token.text)"
                if json {
                    try printJSON(["id": account.id.rawValue, "role": role.rawValue, "link": link])
                } else {
                    say("\(name) can sign in as \(role.rawValue), once, within 24 hours:\n\(link)")
                }
                try database.close()
            }
        }
    }
}

extension Role: ExpressibleByArgument {}
