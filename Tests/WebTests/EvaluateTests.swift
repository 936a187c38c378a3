// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Web

@Suite("Evaluation")
struct EvaluateTests {
    private typealias Clinic = ChartFormsClinic

    @Test("The form holds what the symptom check has said, and the day of injury worked out from it")
    func prefilled() async throws {
        let clinic = try await Clinic()
        let page = try await clinic.visiting { try await $0.get("evaluate") }
        #expect(page.status == 200)
        #expect(page.html.contains(#"name="side" value="left" checked"#))
        #expect(page.html.contains(#"name="pop" value="calf" checked"#))
        #expect(page.html.contains(#"name="injured_on" value="2026-11-20""#))
        #expect(page.html.contains(#"name="age_years" value="46""#))
        #expect(page.html.contains("Nov 22, 2026"))
    }

    @Test("Every finding of the vocabulary that is asked at an evaluation has its field")
    func complete() async throws {
        let clinic = try await Clinic()
        let page = try await clinic.visiting { try await $0.get("evaluate") }
        for finding in clinic.site.pathway.vocabulary.findings
        where finding.asked.contains(.evaluation) && finding.id != "onset_days" {
            #expect(page.html.contains(#"name="\#(finding.id)""#), "\(finding.id)")
        }
    }

    @Test(
        "What the findings propose",
        arguments: [
            ([:], "II gastrocnemius", "Grade II, moderate"),
            (["gap": "calf"], "III gastrocnemius T-TEAR-1", "Grade III, severe"),
            (
                [
                    "single_heel_raise": "easy", "four_steps": "yes", "limp": "no", "bruise": "none",
                    "onset": "gradual", "pop": "none", "site": "deep", "provoked_by": "bent_knee"
                ], "I soleus", "Grade I, mild"
            )
        ] as [([String: String], String, String)])
    func proposes(_ findings: [String: String], _ seen: String, _ heading: String) async throws {
        let clinic = try await Clinic()
        let fields = Clinic.moderateTear.merging(findings) { _, new in new }
        let page = try await clinic.visiting { try await $0.send("evaluate", fields) }
        #expect(page.status == 200)
        #expect(page.html.contains("<h1>Proposed: \(heading)"))
        #expect(page.html.contains(#"name="seen" value="\#(seen)"#))
        #expect(try await clinic.episode.evaluations.isEmpty, "a proposal writes nothing")
    }

    @Test("Signs of a torn Achilles tendon put it first, flag it, and ask for an ultrasound")
    func achilles() async throws {
        let clinic = try await Clinic()
        let fields = Clinic.moderateTear.merging(
            [
                "squeeze_moves_foot": "no", "matles_positive": "yes", "gap": "above_heel",
                "pop": "low_calf_or_ankle"
            ]
        ) { _, new in new }
        let page = try await clinic.visiting { try await $0.send("evaluate", fields) }
        let first = page.html.firstMatch(of: /id="d-([a-z_]+)"/).map { String($0.output.1) }
        #expect(first == "achilles_rupture")
        #expect(page.html.contains("Red flags: Be examined today"))
        #expect(page.html.contains("ultrasound of the Achilles tendon"))
        #expect(page.html.contains("Maffulli"))
    }

    @Test("The Wells range shows the clinician's minus two beside it")
    func wells() async throws {
        let clinic = try await Clinic()
        let fields = Clinic.moderateTear.merging(["pitting": "yes"]) { _, new in new }
        let page = try await clinic.visiting { try await $0.send("evaluate", fields) }
        #expect(page.html.contains("Points without the minus 2: 1. With it: -1."))
    }

    @Test("Girths of both legs give the difference; a comma is as good as a point")
    func girths() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let evaluated = try #require(try await clinic.episode.evaluation)
        #expect(evaluated.answers.number("calf_bigger_cm") == 1.5)
        #expect(evaluated.values["girth_left"] == 37.5)
        #expect(evaluated.values["palpation_length_cm"] == 4)
        #expect(evaluated.answers.number("onset_days") == 2)
        #expect(evaluated.answers.word("pe_breathless") == "no")
        #expect(evaluated.injuredSide == .left)
        #expect(evaluated.gait == "Short push-off")
        #expect(evaluated.alternativeAsLikely == true)
        #expect(evaluated.clotExcluded == true)
    }

    @Test("What is unmarked stays unknown unless the therapist says that it was asked")
    func unmarkedIsUnknown() async throws {
        let clinic = try await Clinic()
        var findings = Clinic.moderateTear
        findings["rest_no.flags"] = nil
        let page = try await clinic.visiting { [findings] in try await $0.send("evaluate", findings) }
        #expect(page.html.contains("Not settled:"))
        #expect(page.html.contains("T-PE-1"))
    }

    @Test("Another grade or muscle needs a reason, and is kept with it")
    func override() async throws {
        let clinic = try await Clinic()
        let bare = try await clinic.signing(Clinic.moderateTear, ["grade": "III"])
        let refused = try await clinic.visiting { try await $0.send("evaluate", bare) }
        #expect(refused.status == 422)
        #expect(refused.html.contains(##"href="#reason""##))
        #expect(refused.html.contains(#"name="grade" value="III" checked"#))
        #expect(try await clinic.episode.evaluations.isEmpty)

        let reasoned = bare.merging(["reason": "Seen on ultrasound"]) { _, new in new }
        let taken = try await clinic.visiting { try await $0.send("evaluate", reasoned) }
        #expect(taken.status == 303)
        #expect(taken.place == "/charts/e1")
        let evaluated = try #require(try await clinic.episode.evaluation)
        #expect(evaluated.grade == .severe)
        #expect(evaluated.proposedGrade == .moderate)
        #expect(evaluated.overrideReason == "Seen on ultrasound")
    }

    @Test("Findings that change under the proposal must be looked at again before they are signed")
    func changedFindings() async throws {
        let clinic = try await Clinic()
        let fields = try await clinic.signing(Clinic.moderateTear, ["gap": "calf"])
        let page = try await clinic.visiting { try await $0.send("evaluate", fields) }
        #expect(page.status == 422)
        #expect(page.html.contains("The findings changed"))
        #expect(page.html.contains(#"name="grade" value="III" checked"#))
        #expect(try await clinic.episode.evaluations.isEmpty)
    }

    @Test(
        "A red flag is left standing and holds the programme, or answered and does not",
        arguments: [("stand", "", true), ("answered", "Scan normal, Dr Demo", false)])
    func redFlags(_ choice: String, _ cleared: String, _ isHeld: Bool) async throws {
        let clinic = try await Clinic()
        let findings = Clinic.moderateTear.merging(["worse_after_improving": "yes"]) { _, new in new }
        let undecided = try await clinic.signing(findings)
        let refused = try await clinic.visiting { try await $0.send("evaluate", undecided) }
        #expect(refused.status == 422)
        #expect(refused.html.contains(##"href="#flags""##))

        let fields = undecided.merging(["flags": choice, "cleared": cleared]) { _, new in new }
        let answer = try await clinic.visiting { try await $0.send("evaluate", fields) }
        #expect(answer.status == 303)
        let episode = try await clinic.episode
        #expect((episode.hold != nil) == isHeld)
        #expect(episode.openFlags.isEmpty == !isHeld)
        #expect(episode.evaluation?.clearedRedFlags == cleared)
    }

    @Test("A flag cannot be answered without saying why")
    func answeredWithoutWords() async throws {
        let clinic = try await Clinic()
        let findings = Clinic.moderateTear.merging(["worse_after_improving": "yes"]) { _, new in new }
        let fields = try await clinic.signing(findings, ["flags": "answered"])
        let answer = try await clinic.visiting { try await $0.send("evaluate", fields) }
        #expect(answer.status == 422)
        #expect(answer.html.contains(##"href="#cleared""##))
    }

    @Test(
        "Nonsense is refused, kept in its field, and nothing is written",
        arguments: [
            ("girth_left", "abc"), ("girth_left", "1e9"), ("knee_to_wall_right", "-4"),
            ("single_heel_raise_left", "3.5"),
            ("pain_rest", "11"), ("age_years", "46.5"), ("spot_tender_cm", "0x10"),
            ("injured_on", "2027-01-01"),
            ("injured_on", "yesterday"), ("side", "")
        ])
    func nonsense(_ field: String, _ text: String) async throws {
        let clinic = try await Clinic()
        for step in ["propose", "sign"] {
            let fields = Clinic.moderateTear.merging([field: text, "step": step]) { _, new in new }
            let answer = try await clinic.visiting { try await $0.send("evaluate", fields) }
            #expect(answer.status == 422)
            #expect(answer.html.contains(##"href="#\##(field)""##))
            if !text.isEmpty { #expect(answer.html.contains(#"value="\#(text)""#)) }
            #expect(answer.html.contains("Short push-off"))
        }
        #expect(try await clinic.episode.evaluations.isEmpty)
    }

    @Test("What is typed comes back as text, never as markup")
    func escaped() async throws {
        let clinic = try await Clinic()
        let fields = Clinic.moderateTear.merging(["gait": "<b>&\"x", "girth_left": "x"]) { _, new in new }
        let answer = try await clinic.visiting { try await $0.send("evaluate", fields) }
        #expect(answer.html.contains("&lt;b&gt;&amp;&quot;x"))
        #expect(!answer.html.contains("<b>&"))
    }

    @Test("The same form twice writes once")
    func twice() async throws {
        let clinic = try await Clinic()
        let fields = try await clinic.signing(Clinic.moderateTear, ["form": "0123456789abcdef"])
        for _ in 1...2 {
            #expect(try await clinic.visiting { try await $0.send("evaluate", fields) }.status == 303)
        }
        #expect(try await clinic.episode.evaluations.count == 1)
    }

    @Test("A second evaluation starts from the last, but not from what changes from day to day")
    func again() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let page = try await clinic.visiting { try await $0.get("evaluate") }
        #expect(page.html.contains(#"name="site" value="inner_upper" checked"#))
        #expect(!page.html.contains(#"name="pe_breathless" value="no" checked"#))
        #expect(page.html.contains("Last: 37.5, Nov 22, 2026"))
    }

    @Test(
        "Only therapists, and only charts that are there",
        arguments: [("anna", 403), ("dora", 403), ("ada", 403), (nil, 303), ("theo", 200)]
            as [(Person.ID?, Int)])
    func roles(_ person: Person.ID?, _ status: Int) async throws {
        let clinic = try await Clinic()
        for form in ["evaluate", "plan", "treat", "measure"] {
            #expect(
                try await clinic.visiting(as: person) { try await $0.get(form) }.status == status, "\(form)")
        }
        guard person != "theo" else { return }
        let sent = person == nil ? 401 : 403
        for form in ["evaluate", "plan", "treat", "measure"] {
            #expect(
                try await clinic.visiting(as: person) { try await $0.send(form, [:]) }.status == sent,
                "\(form)")
        }
    }

    @Test("Nothing is written into a closed chart")
    func closed() async throws {
        let clinic = try await Clinic()
        try await clinic.site.scribe.write(
            in: Clinic.chart, by: Author(id: "tess", role: .therapist), now: Clinic.now
        ) { _ in [.closed(Closed(reason: .discharged, note: ""))] }
        let fields = try await clinic.signing(Clinic.moderateTear)
        let answer = try await clinic.visiting { try await $0.send("evaluate", fields) }
        #expect(answer.status == 422)
        #expect(answer.html.contains("This episode is closed"))
    }
}
