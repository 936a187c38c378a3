// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import Testing

@testable import Web

@Suite("What the phone measured") struct PhoneResultsTests {
    private func raises(_ count: Double, _ pathway: Pathway) -> Event {
        let value = MeasuredValue(
            fact: "single_heel_raise_left", value: count, unit: "reps", side: .left, placement: "foot",
            method: "heel-raise-tilt-of-foot", methodVersion: "1", rateHz: 59.8, gaps: 0,
            recording: String(repeating: "a", count: 64))
        return .measured(Measured([pathway.annotated(value, years: 46, sex: "female")]))
    }

    @Test(
        "The chart says the value, what chance alone can do, and whether it is a real change",
        arguments: [
            (12.0, "No real change since"), (17, "more than measuring alone can do"), (11, "No real change")
        ])
    func chart(second: Double, says: String) async throws {
        let clinic = try await ChartSite()
        try await clinic.steady("rosa", "Test, Rosa", restPain: 1)
        try await clinic.write(raises(10, clinic.site.pathway), in: "rosa", at: clinic.before(days: 3))
        try await clinic.write(
            raises(second, clinic.site.pathway), in: "rosa", at: clinic.before(minutes: 30))
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            let tess = try await ChartBrowser(client, clinic, as: "therapist")
            let html = try await tess.get("/charts/rosa").html
            #expect(html.contains("Measured with the phone"))
            #expect(html.contains("± 6.5 times by chance"))
            #expect(html.contains(says))
            // Only the newest of one measure.
            #expect(html.components(separatedBy: "by chance").count == 2)
            #expect(html.contains("/charts/rosa/lab/"))
        }
    }

    @Test("A first measurement is no change, and a value whose error nobody published says so")
    func first() async throws {
        let clinic = try await ChartSite()
        try await clinic.steady("rosa", "Test, Rosa", restPain: 1)
        let held = MeasuredValue(
            fact: "single_leg_stance_right", value: 31, unit: "s", side: .right, placement: "waist",
            method: "balance-fused-tilt", methodVersion: "1", rateHz: 60, gaps: 2)
        try await clinic.write(.measured(Measured([held])), in: "rosa", at: clinic.before(minutes: 30))
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            let tess = try await ChartBrowser(client, clinic, as: "therapist")
            let html = try await tess.get("/charts/rosa").html
            #expect(html.contains("Standing on one leg, right"))
            #expect(html.contains("First measurement"))
            #expect(html.contains("not published"))
        }
    }

    @Test("A chart without any shows no empty table")
    func none() async throws {
        let clinic = try await ChartSite()
        try await clinic.steady("rosa", "Test, Rosa", restPain: 1)
        try await Application(router: clinic.site.router()).test(.router) { client async throws in
            let tess = try await ChartBrowser(client, clinic, as: "therapist")
            #expect(try await !tess.get("/charts/rosa").html.contains("Measured with the phone"))
        }
    }
}
