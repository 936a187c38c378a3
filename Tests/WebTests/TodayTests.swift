// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

/// The patient's own pages, in process, on a real clinic file.
@Suite("The patient's day") struct TodayTests {
    static let tess = Author(id: "person-tess", role: .therapist)

    /// Rosa with a plan of the foundation phase, evaluated yesterday, no clot.
    static func planned(_ phase: Phase.ID = "foundation") async throws -> TestSite {
        let site = try await TestSite()
        let plan = try #require(site.site.pathway.draftPlan(for: phase, reason: "First plan"))
        try await site.site.scribe.write(
            in: "rosa", by: tess, now: site.now.addingTimeInterval(-86_400)
        ) { _ in [.evaluated(evaluated), .planWritten(plan)] }
        return site
    }

    static let evaluated = Evaluated(
        injuredSide: .left, injuredOn: Day("2026-11-15"), answers: Answers(), values: [:],
        alternativeAsLikely: nil,
        clotExcluded: true, proposedGrade: .moderate, grade: .moderate, muscle: .gastrocnemius,
        overrideReason: "",
        differential: [], imagingRequest: "", gait: "", note: "",
        clearedRedFlags: "Examined, no sign of a clot.")

    private func episode(_ site: TestSite) async throws -> Episode {
        try await site.site.scribe.episode("rosa")
    }

    /// A whole check-in with nothing wrong, and what is changed in it.
    private func checkIn(_ browser: TestBrowser, form: String, _ changes: [(String, String)] = [])
        async throws
        -> Answered
    {
        var fields = [
            "form": form, "pain_rest": "1", "pain_worst_24h": "2", "pain_morning_change": "0",
            "swelling": "none",
            "swelling_trend": "same", "four_steps": "yes", "limp": "no", "stand_both_feet": "yes",
            "red_tender_cord": "none", "rest": "no"
        ]
        for (name, value) in changes { fields[name] = value }
        let csrf = browser.csrf
        let body = (fields.map { "\($0.key)=\($0.value)" } + ["csrf=\(csrf)"]).joined(separator: "&")
        return try await browser.site.send(
            .post, "/check-in",
            headers: [
                .cookie: browser.cookie ?? "", .contentType: "application/x-www-form-urlencoded"
            ], body: body)
    }

    @Test("Legs that were measured in two ways are not compared, and the page says how to measure them")
    func unlike() async throws {
        let site = try await Self.planned("power")
        let sentence = "Both legs were measured, but not in the same way."
        for (place, hour, isTold) in [("shin", 2.0, true), ("waist", 1, false)] {
            let hops = [(Side.left, 11.8, place), (.right, 12, "waist")].map { side, height, place in
                MeasuredValue(
                    fact: FactID("hop_height_\(side.rawValue)"), value: height, unit: "cm", side: side,
                    placement: place, method: "hop-edge-model", methodVersion: "1", rateHz: 60, gaps: 0)
            }
            try await site.site.scribe.write(
                in: "rosa", by: Self.tess, now: site.now.addingTimeInterval(-3600 * hour)
            ) { _ in [.measured(Measured(hops))] }
            for path in ["/today", "/progress"] {
                let page = try await site.browser(.patient).get(path)
                #expect(page.body.contains(sentence) == isTold, "\(path)")
            }
        }
    }

    @Test("Before a plan is written, the page says so instead of being empty")
    func waiting() async throws {
        let site = try await TestSite()
        let page = try await site.browser(.patient).get("/today")
        #expect(page.status == 200)
        #expect(page.body.contains("Your plan is not written yet"))
    }

    @Test("One tap logs an exercise once, however often the same form is sent")
    func oneTap() async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        for _ in 0..<3 {
            let answer = try await rosa.post(
                "/today/log", ["form": "form-0000000000000001", "exercise": "ankle_pumps"])
            #expect(answer.status == 303)
            #expect(answer.location == "/today#ankle_pumps")
        }
        let logs = try await episode(site).logs
        #expect(logs.count == 1)
        #expect(logs.first?.content.asPrescribed == true)
        #expect(
            logs.first?.content.painLoadingNRS == nil, "one tap says nothing of the pain, so it is unknown")
    }

    @Test("After one tap on a loading exercise the pain is asked, and one more tap adds it")
    func painAfterwards() async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        _ = try await rosa.post(
            "/today/log", ["form": "form-0000000000000001", "exercise": "strap_isometric"])
        let page = try await rosa.get("/today")
        #expect(page.body.contains("How much did it hurt?"))
        let log = try #require(try await episode(site).logs.first)
        let answer = try await rosa.post(
            "/today/pain", ["form": "form-0000000000000002", "entry": log.entry.rawValue, "pain": "2"])
        #expect(answer.status == 303)
        #expect(try await episode(site).logs.first?.content.painLoadingNRS == 2)
        #expect(try await rosa.get("/today").body.contains("How much did it hurt?") == false)
    }

    @Test("What really happened is kept: fewer sets, pain, and a note")
    func reallyHappened() async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        let answer = try await rosa.post(
            "/today/exercise/double_heel_raise",
            [
                "form": "form-0000000000000001", "sets": "1", "reps": "8", "pain": "3", "stab": "no",
                "note": "stopped early"
            ])
        #expect(answer.status == 303)
        let log = try #require(try await episode(site).logs.first?.content)
        #expect(log.done.sets == 1)
        #expect(log.done.reps == 8)
        #expect(log.painLoadingNRS == 3)
        #expect(log.asPrescribed == false)
        #expect(log.note == "stopped early")
    }

    @Test(
        "Nonsense is refused with what was typed still there, and nothing is written",
        arguments: [
            ("sets", "-1"), ("sets", "many"), ("reps", "1e9"), ("reps", "201"), ("pain", "11"),
            ("pain", "3.5")
        ])
    func nonsense(field: String, text: String) async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        let body = [("form", "form-0000000000000001"), (field, text), ("csrf", rosa.csrf)]
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        let answer = try await site.send(
            .post, "/today/exercise/double_heel_raise",
            headers: [.cookie: rosa.cookie ?? "", .contentType: "application/x-www-form-urlencoded"],
            body: body)
        #expect(answer.status == 422)
        #expect(answer.body.contains("One answer needs a look"))
        if field != "pain" { #expect(answer.body.contains("value=\"\(text)\"")) }
        #expect(try await episode(site).logs.isEmpty)
    }

    @Test("A quiet check is saved and opens the day")
    func quietCheck() async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        #expect(try await rosa.get("/today").body.contains("Your daily check"))
        #expect(try await checkIn(rosa, form: "form-0000000000000001").status == 303)
        let page = try await rosa.get("/today")
        #expect(!page.body.contains("Start the check"))
        #expect(try await episode(site).flags.isEmpty)
    }

    @Test(
        "A red flag in the check holds the programme, says what to do now, and takes the exercises away",
        arguments: [
            ("red_flags", "pe_breathless", "Call 911"), ("red_flags", "foot_numb", "Call 911"),
            ("swelling_trend", "worse", "(973)-241-1338"),
            ("red_flags", "worse_after_improving", "(973)-241-1338"),
            ("rest", "unsure", "(973)-241-1338")
        ])
    func redFlag(field: String, value: String, says: String) async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        #expect(try await checkIn(rosa, form: "form-0000000000000001", [(field, value)]).status == 303)
        let chart = try await episode(site)
        #expect(chart.openFlags.count == 1)
        #expect(chart.hold?.content.reason == .redFlag)
        let page = try await rosa.get("/today")
        #expect(page.body.contains("class=\"flag\""))
        #expect(page.body.contains(says))
        #expect(!page.body.contains("/today/log"))
        let log = try await rosa.post(
            "/today/log", ["form": "form-0000000000000009", "exercise": "ankle_pumps"])
        #expect(log.status == 422)
        #expect(try await episode(site).logs.isEmpty)
    }

    @Test("A check whose last question is open is not saved, and says which")
    func openQuestion() async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        let answer = try await checkIn(rosa, form: "form-0000000000000001", [("rest", "")])
        #expect(answer.status == 422)
        #expect(answer.body.contains("Say whether the rest is none of it, or not sure"))
        #expect(try await episode(site).checkIns.isEmpty)
    }

    @Test("A sharp stab during an exercise pauses the programme")
    func stab() async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        _ = try await rosa.post(
            "/today/exercise/double_heel_raise", ["form": "form-0000000000000001", "stab": "yes", "pain": "6"]
        )
        #expect(try await episode(site).hold?.content.reason == .sharpStab)
        #expect(try await rosa.get("/today").body.contains("Your programme is paused"))
    }

    @Test("Massage stays locked until a clot is excluded")
    func locked() async throws {
        let site = try await Self.planned()
        var open = Self.evaluated
        open.clotExcluded = nil
        let evaluated = open
        try await site.site.scribe.write(in: "rosa", by: Self.tess, now: site.now) { _ in
            [.evaluated(evaluated)]
        }
        let rosa = try await site.browser(.patient)
        #expect(try await rosa.get("/today").body.contains("Not open yet:"))
        let log = try await rosa.post(
            "/today/log", ["form": "form-0000000000000001", "exercise": "calf_massage"])
        #expect(log.status == 422)
        #expect(try await episode(site).logs.isEmpty)
    }

    @Test("Every page of the patient answers, is audited, and is kept by nobody's cache")
    func pages() async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        for path in ["/today", "/check-in", "/progress", "/clinic", "/today/exercise/ankle_pumps"] {
            let page = try await rosa.get(path)
            #expect(page.status == 200, "\(path)")
            #expect(page.headers[.cacheControl] == "no-store", "\(path)")
        }
        let acts = try await AuditTrail(site.database).recent(limit: 50, episode: "rosa")
        let read = Set(acts.filter { $0.act.kind == .read }.map(\.act.detail))
        #expect(read == ["today", "check-in", "progress", "clinic", "exercise"])
    }

    @Test("A page that is kept is never shown after the chart has changed")
    func keptPage() async throws {
        let site = try await Self.planned()
        let rosa = try await site.browser(.patient)
        let before = try await rosa.get("/today").body
        #expect(try await rosa.get("/today").body == before, "the same chart gives the same page")
        try await site.site.scribe.write(in: "rosa", by: Self.tess, now: site.now) { _ in
            [.messageSent(MessageSent(text: "Well done with the stairs."))]
        }
        #expect(try await rosa.get("/today").body.contains("Well done with the stairs."))
    }

    @Test("Words of a person are shown as they are, never as markup")
    func escaped() async throws {
        let site = try await Self.planned()
        try await site.site.scribe.write(in: "rosa", by: Self.tess, now: site.now) { _ in
            [.messageSent(MessageSent(text: "<script>alert(1)</script> {{shell.csrf}} [[today.why]]"))]
        }
        let page = try await site.browser(.patient).get("/today").body
        #expect(!page.contains("<script>alert"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{shell.csrf}} [[today.why]]"))
    }
}
