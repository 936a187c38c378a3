// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("What is only recalled, not read") struct RecalledTests {
    /// The shipped pathway with one tag turned into [M].
    private func pathway(_ file: String, _ line: String, tag: String) throws -> Pathway {
        let recalled = try #require(line.firstRange(of: "tag: \(tag)"))
        let new = line[..<recalled.lowerBound] + "tag: M" + line[recalled.upperBound...]
        return try Pathway(files: BrokenFile("", file, line, String(new), at: nil, "").files())
    }

    private func newNotices(_ pathway: Pathway) throws -> [String] {
        let before = try calfTear().notices
        return pathway.notices.filter { !before.contains($0) }.map(\.description)
    }

    @Test("stays in a screening rule: it can only raise the answer")
    func rule() throws {
        let recalled = try pathway("screening.yaml", "  source: [niosh-rhabdo]\n  tag: F2", tag: "F2")
        #expect(try recalled.rule("T-RHA-1").basis.tag == .recalled)
        #expect(recalled.screen(Answers(["dark_urine": "yes"])).disposition == .emergencyNow)
        #expect(try newNotices(recalled) == [])
    }

    @Test("stays in an exit criterion: it can only hold back")
    func criterion() throws {
        let recalled = try pathway(
            "pathway.yaml",
            "{ id: runs_30_minutes, fact: run_minutes, at_least: 30, source: [soleus-proposal], tag: S }",
            tag: "S")
        #expect(recalled.phase("power")?.exit.contains { $0.id == "runs_30_minutes" } == true)
    }

    @Test("takes a dose out of the programme and says so")
    func dose() throws {
        let recalled = try pathway(
            "exercises.yaml", "- { sets: 2, reps: 15, times_per_day: 3 }\n  source: [clifton-pt]\n  tag: F",
            tag: "F")
        #expect(recalled.exercise("ankle_pumps") == nil)
        let notices = try newNotices(recalled)
        #expect(notices.count == 1)
        #expect(notices.first?.hasPrefix("exercises.yaml:5: the dose of 'ankle_pumps'") == true)
        #expect(notices.first?.contains("[M]: loaded as inactive") == true)
    }

    @Test("leaves no pain under a recalled ceiling")
    func ceiling() throws {
        let recalled = try pathway(
            "pathway.yaml", "pain_ceiling_nrs: { value: 2, source: [soleus-proposal], tag: S }", tag: "S")
        #expect(recalled.phases.first?.painCeilingNRS == 0)
        #expect(recalled.draftPlan(for: "protect", reason: "")?.painCeilingNRS == 0)
        #expect(try newNotices(recalled).first?.contains("this pain ceiling") == true)
    }

    @Test("leaves out a norm, a healing window, a study and a figure of recurrence, and says so")
    func numbersForReading() throws {
        let shipped = try calfTear()
        let norm = try pathway(
            "norms.yaml", "{ sex: male, reps: 24, source: [hebert-losier-2017], tag: F }", tag: "F")
        #expect(norm.norms.count == shipped.norms.count - 1)
        let window = try pathway(
            "prognosis.yaml", "{ grade: I, weeks_from: 1, weeks_to: 3, source: [tims-leaflet], tag: F }",
            tag: "F")
        #expect(window.prognosis.windows.count == shipped.prognosis.windows.count - 1)
        let study = try pathway(
            "prognosis.yaml", "value_days: 25.1, source: [aspetar-athletics], tag: F2", tag: "F2")
        #expect(study.prognosis.studies.count == shipped.prognosis.studies.count - 1)
        let figure = try pathway(
            "prognosis.yaml", "{ id: prior_calf_strain, hazard_ratio: 6.7, source: [green-2020], tag: F }",
            tag: "F")
        #expect(figure.prognosis.recurrence.count == shipped.prognosis.recurrence.count - 1)
        for pathway in [norm, window, study, figure] { #expect(try newNotices(pathway).count == 1) }
    }

    @Test("leaves only the strictest number in the 24-hour rule")
    func response() throws {
        func recalled(_ key: String, tag: String = "S") throws -> LoadResponse {
            let text = try #require(Pathway.bundledFiles("calf-tear")["pathway.yaml"])
            let line = try #require(text.split(separator: "\n").first { $0.contains("\(key): {") })
            let pathway = try pathway("pathway.yaml", String(line), tag: tag)
            #expect(try newNotices(pathway).first?.contains("'\(key)' is recalled") == true)
            return pathway.response
        }
        let shipped = try calfTear().response
        #expect(try recalled("repeat_from_nrs").repeatFromNRS <= shipped.repeatFromNRS)
        #expect(try recalled("step_back_from_nrs").stepBackFromNRS == 1)
        #expect(try recalled("high_pain_above_nrs", tag: "F2").highPainAboveNRS == 0)
        #expect(try recalled("retry_h").retryH > shipped.retryH)
        #expect(try recalled("settle_h").settleH == 0)
        #expect(try recalled("good_days_to_step_up").goodDaysToStepUp > 100)
        #expect(try recalled("silent_h", tag: "F2").silentH == 0)
        #expect(try recalled("long_silent_d", tag: "F2").longSilentD == 0)
    }

    @Test("refuses every rising ladder under a recalled cap")
    func cap() throws {
        #expect(throws: LoadError.self) {
            try pathway(
                "pathway.yaml", "dose_rise_cap_percent: { value: 100, source: [soleus-proposal], tag: S }",
                tag: "S")
        }
    }

    @Test("is never hidden: what ships inactive is listed with its line")
    func shipped() throws {
        let notices = try calfTear().notices
        #expect(notices.count == 8)
        for notice in notices {
            let line = try #require(notice.line)
            let text = try #require(Pathway.bundledFiles("calf-tear")[notice.file])
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines[line - 1].contains("tag: M"), "\(notice)")
        }
    }
}
