// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("The Wells score without its clinician-only item") struct WellsTests {
    static let nothing: Answers = [
        "cancer_active": "no", "leg_immobilised": "no", "bedridden_or_surgery": "no",
        "deep_vein_tender": "no",
        "swelling": "none", "pitting": "no", "new_surface_veins": "no", "previous_clot": "no"
    ]

    private func score() throws -> Score {
        try #require(try calfTear().scores.first { $0.id == "wells_without_minus2" })
    }

    private func points(_ change: Answers) throws -> Score.Points {
        try score().points(on: Self.nothing.updated(with: change))
    }

    @Test("has the nine items of NICE's table 1, one point each, and never the minus two")
    func items() throws {
        #expect(try score().items.map(\.id) == (1...9).map { "W\($0)" })
        #expect(try score().items.allSatisfy { $0.points == 1 })
    }

    @Test(
        "gives one point for each item",
        arguments: [
            ["cancer_active": "yes"], ["leg_immobilised": "yes"], ["bedridden_or_surgery": "yes"],
            ["deep_vein_tender": "yes"], ["swelling": "whole_leg", "calf_bigger_cm": 0],
            ["swelling": "calf", "calf_bigger_cm": 3], ["pitting": "yes"], ["new_surface_veins": "yes"],
            ["previous_clot": "yes"]
        ] as [Answers])
    func onePoint(change: Answers) throws { #expect(try points(change).range == 1...1) }

    @Test(
        "counts a calf from 3 cm on, whatever the swelling was called",
        arguments: [
            ("calf", 2.9, 0.0), ("calf", 3, 1), ("local", 2.9, 0), ("local", 3, 1), ("none", 3, 1),
            ("unsure", 3, 1), ("unsure", 2.9, 0), ("whole_leg", 2.9, 1), ("whole_leg", 3, 2)
        ])
    func girth(swelling: String, cm: Double, expected: Double) throws {
        let points = try points(["swelling": .word(swelling), "calf_bigger_cm": .number(cm)])
        #expect(points.range.lowerBound == expected)
    }

    @Test("is a range while items are unknown, and names them")
    func unknownItems() throws {
        let open = try points(["pitting": "unsure", "previous_clot": "yes", "swelling": "calf"])
        #expect(open.range == 1...3)
        #expect(open.missing == ["pitting", "calf_bigger_cm"])
        #expect(try score().points(on: Answers()).range == 0...9)
        #expect(try points(["swelling": "none"]).range == 0...0)
    }

    @Test(
        "takes two points off only when the therapist says so",
        arguments: [(true, 0.0), (false, 2), (nil, 2)] as [(Bool?, Double)])
    func clinicianOnly(alternative: Bool?, expected: Double) throws {
        let found = Self.nothing.updated(with: ["cancer_active": "yes", "pitting": "yes"])
        let proposal = try calfTear().proposal(for: found, alternativeAsLikely: alternative)
        #expect(proposal.wells.range == 2...2)
        #expect(proposal.wellsWithClinician == expected...expected)
        // The screening of the same findings stays what it is: the −2 lowers no red flag by itself.
        #expect(proposal.screening.disposition >= .sameDay)
    }

    @Test("never meets a question about a thing that is not in the vocabulary")
    func noPatientMinus() throws {
        #expect(try calfTear().vocabulary.findings.allSatisfy { !$0.id.rawValue.contains("alternative") })
    }
}
