// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

// The patient's phone: a link that signs it in once, and signing out every phone at a loss.
extension ChartPages {
    private static let hours24 = 24 * 3600

    /// Makes a link and shows it this once; the store keeps only its hash.
    @Sendable func makeLink(_ visit: Visit) async throws -> Response {
        let patient = try await patient(visit)
        guard patient.account.disabledAt == nil else { throw Failure.refused("patient_disabled") }
        let session = try visit.signedIn()
        let token = try await site.links.make(
            for: patient.account.id, validFor: Self.hours24, madeBy: session.person, now: visit.now)
        try await site.audit.record(
            Act(
                actor: session.person, role: session.role, kind: .linkMade, episode: patient.episode,
                detail: patient.account.id.rawValue), at: visit.now)
        return try visit.page(ChartLinkPage(visit, patient, token))
    }

    @Sendable func signOutPhones(_ visit: Visit) async throws -> Response {
        let patient = try await patient(visit)
        let session = try visit.signedIn()
        try await site.sessions.endAll(patient.account.id)
        try await site.audit.record(
            Act(
                actor: session.person, role: session.role, kind: .signedOut, episode: patient.episode,
                detail: patient.account.id.rawValue), at: visit.now)
        return visit.redirect(to: "/charts/\(patient.episode)?done=signed_out")
    }
}

/// A sign-in link to hand over.
struct ChartLinkPage: Page {
    static let template = "chart-link"
    let title: String
    let link: String
    let until: String
    let chartPath: String
    let chartName: String
    var place: String? { "/board" }

    init(_ visit: Visit, _ patient: Patient, _ token: Token) {
        let host = visit.request.head.authority ?? "localhost"
        link = "\(visit.site.isSecure ? "https" : "http")://\(host)/enter/\(token.text)"
        title = visit.words("chart.link.title", ["name": patient.account.name])
        let end = visit.now.addingTimeInterval(24 * 3600)
        until = visit.words("chart.link.until", ["when": ChartWording(visit).when(end)])
        chartPath = "/charts/\(patient.episode)"
        chartName = patient.account.name
    }
}
