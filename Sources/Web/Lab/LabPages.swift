// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The tests that a patient does with nothing but the phone.
struct LabPages: Feature {
    let site: Site

    var routes: [Route] {
        let patient = Allow.only([.patient])
        return [
            .get("/lab", patient, list),
            .get("/lab/{test}", patient, show)
        ]
    }

    /// The pages of the lab, and only they, may ask for the phone's senses and run the measuring code.
    static let senses =
        "accelerometer=(self), gyroscope=(self), camera=(self), microphone=(), geolocation=(), payment=()"
    static let policy = SecurityHeaders.policy(scripts: "'self' 'wasm-unsafe-eval'")

    func place(_ visit: Visit) async throws -> PatientPlace {
        guard let place = try await site.people.place(of: visit.signedIn().person) else {
            throw Failure.notFound
        }
        return place
    }

    /// The test and the task that a request names; a task of another test is not found.
    static func named(_ visit: Visit, task name: String) throws -> (LabTest, LabTask) {
        guard let test = LabTest(rawValue: try visit.parameter("test")) else { throw Failure.notFound }
        if name.isEmpty { return (test, test.tasks[0]) }
        guard let task = LabTask(rawValue: name), test.tasks.contains(task) else { throw Failure.notFound }
        return (test, task)
    }

    private func read(_ visit: Visit) async throws -> Episode {
        let place = try await place(visit)
        try await site.audit.recordRead(
            of: "lab", episode: place.episode, by: visit.signedIn(), at: visit.now)
        return try await site.scribe.episode(place.episode)
    }

    @Sendable private func list(_ visit: Visit) async throws -> Response {
        try visit.page(LabListPage(visit, try await read(visit)))
    }

    @Sendable private func show(_ visit: Visit) async throws -> Response {
        let episode = try await read(visit)
        let (test, named) = try Self.named(visit, task: visit.query("task"))
        let task = visit.query("task").isEmpty ? test.openTask(in: episode) ?? named : named
        var response = try visit.page(LabTestPage(visit, episode, test, task))
        response.headers[.permissionsPolicy] = Self.senses
        response.headers[.contentSecurityPolicy] = Self.policy
        return response
    }
}
