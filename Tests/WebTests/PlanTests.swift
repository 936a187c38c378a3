// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Web

@Suite("Plan editor")
struct PlanTests {
    private typealias Clinic = ChartFormsClinic

    /// The fields of the first plan, as the page gives them.
    private func fields(_ clinic: Clinic, phase: String = "foundation") async throws -> [String: String] {
        let page = try await clinic.visiting { try await $0.get("plan?phase=\(phase)") }
        #expect(page.status == 200)
        var fields: [String: String] = [:]
        for match in page.html.matches(of: /<input [^>]*>/) {
            let input = match.output
            guard let name = input.firstMatch(of: /name="([^"]*)"/)?.output.1,
                let value = input.firstMatch(of: /value="([^"]*)"/)?.output.1
            else { continue }
            if input.contains("checkbox"), !input.contains("checked") { continue }
            if ["csrf", "form"].contains(name) { continue }
            fields[String(name)] = String(value)
        }
        let reason = page.html.firstMatch(of: /name="reason"[^>]*>([^<]*)</)?.output.1
        fields["reason"] = reason.map(String.init) ?? ""
        return fields
    }

    private func send(_ clinic: Clinic, _ fields: [String: String], as person: Person.ID = "tess")
        async throws
        -> Clinic.Answer
    {
        try await clinic.visiting(as: person) { try await $0.send("plan", fields) }
    }

    @Test("There is no plan before an evaluation")
    func needsEvaluation() async throws {
        let clinic = try await Clinic()
        let page = try await clinic.visiting { try await $0.get("plan") }
        #expect(page.html.contains("/charts/e1/evaluate"))
        let answer = try await send(clinic, ["seen": "none", "phase": "protect"])
        #expect(answer.status == 422)
        #expect(answer.html.contains("Evaluate first"))
        #expect(try await clinic.episode.plans.isEmpty)
    }

    @Test(
        "The first plan is the pathway's own, for the chosen phase, signed as it stands",
        arguments: Self.phases)
    func first(_ phase: String) async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let answer = try await send(clinic, try await fields(clinic, phase: phase))
        #expect(
            answer.status == 303, "\(answer.html.matches(of: /class="error"[^<]*<\/?[^<]*/).map(\.output))")
        let plan = try #require(try await clinic.episode.plan)
        #expect(plan == clinic.site.pathway.draftPlan(for: Phase.ID(phase), reason: "First plan"))
    }

    static let phases = ["protect", "foundation", "strength", "power", "sport", "maintain"]

    @Test("Every number that is edited is kept, with who and why, and the versions before it")
    func edited() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        #expect(try await send(clinic, fields(clinic)).status == 303)
        var changed = try await fields(clinic)
        #expect(changed["reason"] == "")
        changed["double_heel_raise.0.reps"] = "8"
        changed["double_heel_raise.1.reps"] = "10"
        changed["double_heel_raise.2.sets"] = "4"
        changed["double_heel_raise.2.reps"] = "12"
        changed["double_heel_raise.2.times_per_day"] = "1"
        changed["use.calf_massage"] = nil
        changed["limit.walks_10_minutes"] = "12,5"
        changed["ceiling"] = "1"
        let unreasoned = try await send(clinic, changed)
        #expect(unreasoned.status == 422)
        #expect(unreasoned.html.contains(##"href="#reason""##))
        changed["reason"] = "Stairs at work"
        let sent = try await send(clinic, changed, as: "theo")
        #expect(sent.status == 303, "\(sent.html)")

        let episode = try await clinic.episode
        #expect(episode.plans.map(\.author.id) == ["tess", "theo"])
        let plan = try #require(episode.plan)
        let ladder = plan.prescriptions.first { $0.exercise == "double_heel_raise" }?.ladder
        #expect(
            ladder == [
                Dose(sets: 2, reps: 8, timesPerDay: 1), Dose(sets: 3, reps: 10, timesPerDay: 1),
                Dose(sets: 4, reps: 12, timesPerDay: 1)
            ])
        #expect(!plan.prescriptions.contains { $0.exercise == "calf_massage" })
        #expect(plan.limits == ["walks_10_minutes": 12.5])
        #expect(plan.painCeilingNRS == 1)
        #expect(plan.reason == "Stairs at work")
        let circles = plan.prescriptions.first { $0.exercise == "ankle_circles" }?.ladder.first
        #expect(circles?.eachWay == true)
    }

    @Test("A rung whose fields are emptied is dropped")
    func dropped() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        var typed = try await fields(clinic)
        for number in ["sets", "hold_s", "times_per_day"] { typed["strap_stretch.1.\(number)"] = "" }
        #expect(try await send(clinic, typed).status == 303)
        let plan = try #require(try await clinic.episode.plan)
        #expect(plan.prescriptions.first { $0.exercise == "strap_stretch" }?.ladder.count == 1)
    }

    @Test(
        "Nonsense is refused, kept in its field, and nothing is written",
        arguments: [
            ("double_heel_raise.0.sets", "lots"), ("double_heel_raise.0.sets", "0"),
            ("double_heel_raise.0.sets", "21"),
            ("double_heel_raise.0.reps", "2.5"), ("calf_massage.0.minutes", "-1"),
            ("limit.walks_10_minutes", "1e3"),
            ("limit.walks_10_minutes", ""), ("ceiling", "11"), ("ceiling", ""),
            ("strap_isometric.0.hold_s", "601")
        ])
    func nonsense(_ field: String, _ text: String) async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let typed = try await fields(clinic).merging([field: text, "reason": "Because <i>"]) { _, new in new }
        let answer = try await send(clinic, typed)
        #expect(answer.status == 422)
        #expect(answer.html.contains(##"href="#\##(field)""##))
        #expect(answer.html.contains(#"name="\#(field)" value="\#(text)""#))
        #expect(answer.html.contains("Because &lt;i&gt;"))
        #expect(try await clinic.episode.plans.isEmpty)
    }

    @Test(
        "A step that rises by more than the pathway's cap is refused; one on the cap is not",
        arguments: [20, 21])
    func rise(_ reps: Int) async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        // 2 × 10 to 2 × 20 is 100 % more, the cap; one repetition further is above it.
        let typed = try await fields(clinic).merging(
            ["double_heel_raise.1.sets": "2", "double_heel_raise.1.reps": String(reps)]
        ) { _, new in new }
        let answer = try await send(clinic, typed)
        #expect(answer.status == (reps == 20 ? 303 : 422))
        #expect(answer.html.contains("The pathway allows 100% at most") == (reps == 21))
    }

    @Test("The limits of the fields are those of a dose")
    func ranges() {
        for number in PlanNumber.allCases {
            for (value, isFine) in [
                (number.range.lowerBound, true), (number.range.upperBound, true),
                (number.range.upperBound + 1, false),
                (number.range.lowerBound - 1, false)
            ] {
                var dose = Dose()
                number.set(value, in: &dose)
                #expect((dose.problem == nil) == isFine, "\(number) \(value)")
                #expect(number.value(in: dose) == value)
            }
        }
    }

    @Test("A plan without exercises, or an exercise without a dose, is refused")
    func empty() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let typed = try await fields(clinic, phase: "protect")
        let none = try await send(clinic, typed.filter { !$0.key.hasPrefix("use.") })
        #expect(none.status == 422)
        #expect(none.html.contains("Choose at least one exercise"))
        let doseless = try await send(
            clinic,
            typed.merging(["sets", "reps", "times_per_day"].map { ("ankle_pumps.0.\($0)", "") }) { _, new in
                new
            })
        #expect(doseless.status == 422)
        #expect(doseless.html.contains(##"href="#use.ankle_pumps""##))
    }

    @Test("Of two therapists at one plan the second is told, and nothing of the first is lost")
    func twoTherapists() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        #expect(try await send(clinic, fields(clinic)).status == 303)
        let seenByBoth = try await fields(clinic)
        let first = seenByBoth.merging(["ceiling": "1", "reason": "Sore"]) { _, new in new }
        let second = seenByBoth.merging(["ceiling": "0", "reason": "Very sore"]) { _, new in new }
        #expect(try await send(clinic, first, as: "tess").status == 303)
        #expect(try await send(clinic, second, as: "theo").status == 409)
        let nonsense = second.merging(["ceiling": "x"]) { _, new in new }
        #expect(try await send(clinic, nonsense, as: "theo").status == 409)
        #expect(try await clinic.episode.plan?.painCeilingNRS == 1)
        #expect(try await clinic.episode.plans.count == 2)
    }

    @Test("The same form twice writes once, and the same plan again is not a version")
    func twice() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let typed = try await fields(clinic).merging(["form": "0123456789abcdef"]) { _, new in new }
        for _ in 1...2 { #expect(try await send(clinic, typed).status == 303) }
        let unchanged = try await fields(clinic).merging(["reason": "Nothing"]) { _, new in new }
        let answer = try await send(clinic, unchanged)
        #expect(answer.status == 422)
        #expect(answer.html.contains("Nothing is different"))
        #expect(try await clinic.episode.plans.count == 1)
    }

    @Test("The phase of a plan in force is not changed here")
    func phaseStays() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        #expect(try await send(clinic, fields(clinic)).status == 303)
        let typed = try await fields(clinic).merging(["phase": "sport", "ceiling": "1", "reason": "x"]) {
            _, new in new
        }
        #expect(try await send(clinic, typed).status == 303)
        #expect(try await clinic.episode.plan?.phase == "foundation")
        #expect(
            try await clinic.visiting { try await $0.get("plan?phase=sport") }.html.contains("Foundation"))
    }

    @Test("Every exercise shows its source and how far it was read")
    func sources() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let page = try await clinic.visiting { try await $0.get("plan?phase=strength") }
        #expect(page.html.contains("a proposal that no clinician has signed yet"))
        #expect(page.html.contains("Bayer"))
    }
}
