// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Web

@Suite("Treatment and measurements")
struct TreatTests {
    private typealias Clinic = ChartFormsClinic

    private static func row(_ id: String, minutes: String = "10") -> [String: String] {
        [
            "use.\(id)": "yes", "minutes.\(id)": minutes, "side.\(id)": "left", "dose.\(id)": "Grade 2",
            "response.\(id)": ""
        ]
    }

    @Test("Pressing and stretching stay locked until a clot is excluded", arguments: [nil, "no", "not_yet"])
    func locked(_ clot: String?) async throws {
        let clinic = try await Clinic()
        if let clot { try await clinic.evaluate(clot: clot) }
        let page = try await clinic.visiting { try await $0.get("treat") }
        #expect(page.html.contains("Locked until this holds"))
        #expect(!page.html.contains(#"name="use.trigger_point""#))
        let answer = try await clinic.visiting { try await $0.send("treat", Self.row("trigger_point")) }
        #expect(answer.status == 422)
        #expect(answer.html.contains("a clot is not excluded yet"))
        #expect(try await clinic.episode.treatments.isEmpty)
        // What neither presses nor stretches needs no clearance.
        let free = try await clinic.visiting { try await $0.send("treat", Self.row("heel_to_toe")) }
        #expect(free.status == 303)
    }

    @Test("With a clot excluded it is written, once per form")
    func treated() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let fields = Self.row("trigger_point").merging(["note": "Calm after", "form": "0123456789abcdef"]) {
            _, new in new
        }
        for _ in 1...2 {
            #expect(try await clinic.visiting { try await $0.send("treat", fields) }.status == 303)
        }
        let treatments = try await clinic.episode.treatments
        #expect(treatments.count == 1)
        #expect(
            treatments.first?.content
                == Treated(
                    items: [
                        .init(
                            treatment: "trigger_point", minutes: 10, side: .left, dose: "Grade 2",
                            response: "")
                    ], note: "Calm after"))
        #expect(treatments.first?.author.id == "tess")
    }

    @Test("A flag raised after the evaluation locks it again")
    func flagged() async throws {
        let clinic = try await Clinic(now: Clinic.now)
        try await clinic.evaluate()
        try await clinic.site.scribe.write(
            in: Clinic.chart, by: Author(id: "anna", role: .patient), now: Clinic.now.addingTimeInterval(60)
        ) { _ in [.checkedIn(CheckIn(answers: Answers(["pe_breathless": .word("yes")])))] }
        let answer = try await clinic.visiting { try await $0.send("treat", Self.row("trigger_point")) }
        #expect(answer.status == 422)
        #expect(try await clinic.episode.treatments.isEmpty)
    }

    @Test("Nonsense minutes are refused and kept", arguments: ["", "0", "181", "2.5", "ten"])
    func nonsense(_ minutes: String) async throws {
        let clinic = try await Clinic()
        let answer = try await clinic.visiting {
            try await $0.send("treat", Self.row("heel_to_toe", minutes: minutes))
        }
        #expect(answer.status == 422)
        #expect(answer.html.contains(##"href="#minutes.heel_to_toe""##))
        #expect(answer.html.contains(#"name="minutes.heel_to_toe" value="\#(minutes)""#))
        #expect(answer.html.contains(#"name="dose.heel_to_toe" value="Grade 2""#))
        #expect(try await clinic.episode.treatments.isEmpty)
    }

    @Test("Nothing ticked is not a visit")
    func nothing() async throws {
        let clinic = try await Clinic()
        #expect(try await clinic.visiting { try await $0.send("treat", ["note": "x"]) }.status == 422)
    }

    @Test("Measurements of both legs are written, and shown beside the next ones")
    func measured() async throws {
        let clinic = try await Clinic()
        try await clinic.evaluate()
        let fields = [
            "single_heel_raise_left": "14", "single_heel_raise_right": "22", "run_minutes": "12,5",
            "note": "Tired"
        ]
        #expect(try await clinic.visiting { try await $0.send("measure", fields) }.status == 303)
        let measured = try #require(try await clinic.episode.measurements.last?.content)
        #expect(
            measured
                == Measured(
                    values: [
                        "single_heel_raise_left": 14, "single_heel_raise_right": 22, "run_minutes": 12.5
                    ],
                    note: "Tired"))
        let page = try await clinic.visiting { try await $0.get("measure") }
        #expect(page.html.contains("Last: 14, Nov 22, 2026"))
        #expect(page.html.contains("Left, injured"))
    }

    @Test(
        "Nonsense measurements are refused, kept, and nothing is written",
        arguments: [
            ("single_heel_raise_left", "101"), ("single_heel_raise_left", "2.5"),
            ("knee_to_wall_left", "far"),
            ("confidence_percent", "-1"), ("run_minutes", "nan"), ("girth_right", "9")
        ])
    func nonsenseMeasures(_ field: String, _ text: String) async throws {
        let clinic = try await Clinic()
        let answer = try await clinic.visiting {
            try await $0.send("measure", ["walk_minutes": "9", field: text])
        }
        #expect(answer.status == 422)
        #expect(answer.html.contains(##"href="#\##(field)""##))
        #expect(answer.html.contains(#"value="\#(text)""#))
        #expect(answer.html.contains(#"name="walk_minutes" value="9""#))
        #expect(try await clinic.episode.measurements.isEmpty)
    }

    @Test("An empty measurement is not written, and the same form twice writes once")
    func once() async throws {
        let clinic = try await Clinic()
        #expect(try await clinic.visiting { try await $0.send("measure", [:]) }.status == 422)
        let fields = ["walk_minutes": "9", "form": "0123456789abcdef"]
        for _ in 1...2 {
            #expect(try await clinic.visiting { try await $0.send("measure", fields) }.status == 303)
        }
        #expect(try await clinic.episode.measurements.count == 1)
    }

    @Test("Every read and write is in the audit")
    func audited() async throws {
        let clinic = try await Clinic()
        _ = try await clinic.visiting { visitor in
            _ = try await visitor.get("measure")
            return try await visitor.send("measure", ["walk_minutes": "9"])
        }
        let acts = try await clinic.site.database.read { connection in
            try connection.rows("SELECT action, detail FROM audit WHERE episode = 'e1' ORDER BY sequence")
                .map { "\(try $0.text("action")) \(try $0.text("detail"))" }
        }
        #expect(acts.contains("read measure"))
        #expect(acts.contains("wrote measured"))
    }
}
