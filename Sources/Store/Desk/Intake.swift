// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// Takes people in: the account, the chart and what they told the clinic, written together or not at all.
package struct Intake: Sendable {
    /// Whose chart a request's answers are written into.
    package enum Chart: Hashable, Sendable {
        case ofNewPatient(Account, Episode.ID)
        /// Another injury of somebody the clinic knows.
        case further(Person.ID, Episode.ID)
        /// One that is still open.
        case open(Episode.ID)

        package var episode: Episode.ID {
            switch self {
            case .ofNewPatient(_, let episode), .further(_, let episode), .open(let episode): episode
            }
        }
    }

    private let database: any Database
    private let scribe: Scribe

    package init(_ database: any Database, scribe: Scribe) {
        self.database = database
        self.scribe = scribe
    }

    /// Adds a patient with an empty chart.
    ///
    /// - Parameters:
    ///   - account: The patient; the identity comes from the form, so that a form sent twice adds one person.
    ///   - episode: The chart's identity.
    ///   - author: Who adds them.
    ///   - now: When.
    /// - Returns: false where somebody of this identity is there already.
    /// - Throws: ``StoreError``.
    package func add(_ account: Account, episode: Episode.ID, by author: Author, now: Date) async throws
        -> Bool
    {
        try await database.write { connection in
            try connection.serialize("person \(account.id)")
            guard try connection.row("SELECT id FROM person WHERE id = \(account.id)") == nil else {
                return false
            }
            try prepare(.ofNewPatient(account, episode), by: author, now: now, on: connection)
            return true
        }
    }

    /// Writes a taken request's answers into a chart and closes the request.
    ///
    /// - Parameters:
    ///   - request: Which; it must be taken.
    ///   - chart: Into which chart.
    ///   - screened: The answers, and what the rules made of them.
    ///   - author: Who accepts it.
    ///   - now: When.
    /// - Throws: ``StoreError/notFound`` where the request is not taken, or closed by now.
    package func accept(
        _ request: EvaluationRequest.ID, into chart: Chart, screened: Screened, by author: Author, now: Date
    ) async throws {
        try await database.write { connection in
            try prepare(chart, by: author, now: now, on: connection)
            try Requests.close(request, episode: chart.episode, on: connection)
            try scribe.write(
                in: chart.episode, by: author, form: "request-\(request)", now: now, on: connection
            ) { _ in [.screened(screened)] }
            let act = Act(author, .wrote, episode: chart.episode, detail: "screened")
            try AuditTrail.append([(act, now)], on: connection)
        }
    }

    private func prepare(_ chart: Chart, by author: Author, now: Date, on connection: any Connection) throws {
        switch chart {
        case .open: break
        case .further(let person, let episode):
            try Charts.open(episode, for: person, now: now, on: connection)
        case .ofNewPatient(let account, let episode):
            try People.add(account, now: now, on: connection)
            try Charts.open(episode, for: account.id, now: now, on: connection)
            // The board knows a chart by how it stands; an empty one stands there too.
            try scribe.write(in: episode, by: author, now: now, on: connection) { _ in [] }
            let act = Act(author, .personAdded, episode: episode, detail: account.id.rawValue)
            try AuditTrail.append([(act, now)], on: connection)
        }
    }
}

extension Act {
    /// - Parameters:
    ///   - author: A person; the engine does nothing on its own.
    ///   - kind: What they did.
    ///   - episode: In whose chart.
    ///   - detail: Which page or form.
    fileprivate init(_ author: Author, _ kind: Kind, episode: Episode.ID, detail: String) {
        self.init(
            actor: author.id, part: Part(rawValue: author.part.rawValue) ?? .engine, kind: kind,
            episode: episode, detail: detail)
    }
}
