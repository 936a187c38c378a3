// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Store

/// The tests that a patient does with nothing but the phone.
struct LabPages: Feature {
    let site: Site

    var routes: [Route] {
        let patient = Allow.only([.patient])
        return [
            .get("/lab", patient, list),
            .get("/lab/camera", patient, camera),
            .get("/lab/{test}", patient, show),
            .post("/lab/{test}", patient, take),
            .get("/lab/result/{entry}", patient, result),
            .put("/lab/recordings/{hash}", [.patient], upTo: RecordingStore.largestPiece) { visit in
                let place = try await place(visit)
                return try await LabUploads(site: site).take(visit, into: place.episode)
            },
            .get("/charts/{episode}/lab/{entry}", .only([.therapist]), chartResult)
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
        return Self.sensing(try visit.page(LabTestPage(visit, episode, test, task)))
    }

    @Sendable private func camera(_ visit: Visit) async throws -> Response {
        let name = visit.query("task")
        guard let task = name.isEmpty ? .single : LabTask(rawValue: name) else { throw Failure.notFound }
        return Self.sensing(try visit.page(LabCameraPage(visit, try await read(visit), task)))
    }

    private static func sensing(_ page: Response) -> Response {
        var response = page
        response.headers[.permissionsPolicy] = senses
        response.headers[.contentSecurityPolicy] = policy
        return response
    }

    /// A finished trial: its recording is here already.
    @Sendable private func take(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        let (_, task) = try Self.named(visit, task: visit.form["task"])
        let trial = try LabTrial(visit.form, task, now: visit.now)
        let entry = try await LabSubmission(site: site).write(visit, trial, into: place.episode)
        return visit.redirect(to: "/lab/result/\(entry)")
    }

    @Sendable private func result(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        return try await result(visit, of: place.episode)
    }

    @Sendable private func chartResult(_ visit: Visit) async throws -> Response {
        let id = Episode.ID(try visit.parameter("episode"))
        guard try await site.people.patient(of: id) != nil else { throw Failure.notFound }
        return try await result(visit, of: id)
    }

    private func result(_ visit: Visit, of id: Episode.ID) async throws -> Response {
        try await site.audit.recordRead(of: "lab", episode: id, by: visit.signedIn(), at: visit.now)
        let opened = try LabOpened(
            id, try await site.scribe.episode(id), entry: Entry.ID(visit.parameter("entry")))
        var bytes: [UInt8]?
        if let hash = opened.results.first?.recording {
            bytes = try? await LabUploads(site: site).bytes(hash, of: id)
        }
        let again = LabAgain(opened, bytes: bytes, site.pathway)
        if again.outcome == .different {
            site.logger.error(
                "a recording gives another result than it did",
                metadata: ["method": "\(opened.results[0].method)"])
        }
        return try visit.page(LabResultPage(visit, opened, again))
    }
}
