// SPDX-License-Identifier: Apache-2.0
import Clinical
import Crypto
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("The lab takes recordings and writes what they show") struct LabTests {
    /// A chart in a phase that holds one-leg raises, with the patient's browser.
    static func clinic(_ exercises: [String] = ["single_heel_raise"]) async throws -> (
        TestSite, TestBrowser
    ) {
        let site = try await TestSite()
        let plan = Plan(
            phase: "strength", step: 0,
            prescriptions: exercises.map { Prescription(exercise: Exercise.ID($0), ladder: [Dose()]) },
            painCeilingNRS: 3, reason: "test")
        let tess = Author(id: "person-tess", role: .therapist)
        try await site.site.scribe.write(in: "rosa", by: tess, now: site.now) { _ in
            [.planWritten(plan)]
        }
        return (site, try await site.browser(.patient))
    }

    /// An evaluation that says which leg it is.
    static func injure(_ side: Side, _ site: TestSite) async throws {
        let found = Evaluated(
            injuredSide: side, injuredOn: nil, answers: Answers(), values: [:], alternativeAsLikely: nil,
            clotExcluded: true, proposedGrade: .moderate, grade: .moderate, muscle: .gastrocnemius,
            overrideReason: "", differential: [], imagingRequest: "", gait: "", note: "",
            clearedRedFlags: "none seen")
        let tess = Author(id: "person-tess", role: .therapist)
        try await site.site.scribe.write(in: "rosa", by: tess, now: site.now) { _ in [.evaluated(found)] }
    }

    /// Ten heel raises of a phone at the waist: rest, then up and down by 7 cm, then rest.
    static let raises: [UInt8] = {
        var lines = ["t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z"]
        for index in 0..<(60 * 27) {
            let time = Double(index) / 60
            var lift = 0.0
            if time > 3, time < 23 {
                let phase = (time - 3).truncatingRemainder(dividingBy: 2)
                // Up in 0.8 s, down in 0.8 s, 0.4 s of rest: the acceleration of a smooth rise.
                let (part, sign) =
                    phase < 0.8 ? (phase / 0.8, 1.0) : phase < 1.6 ? ((phase - 0.8) / 0.8, -1.0) : (0, 0)
                lift = sign * 0.07 * 2 * Double.pi / 0.64 * sin(2 * .pi * part)
            }
            let noise = 0.03 * sin(Double(index * index % 97))
            let up = ((9.81 + lift + noise) * 10).rounded() / 10
            lines.append("\(time),0,\(up),0.1,\(index % 3 == 0 ? 0.1 : 0),0,0")
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }()

    static func hash(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func path(
        _ bytes: [UInt8], from: Int = 0, size: Int? = nil, hash: String? = nil, more: String = ""
    ) -> String {
        "/lab/recordings/\(hash ?? Self.hash(bytes))?from=\(from)&size=\(size ?? bytes.count)"
            + "&task=single&side=left&placement=waist&rate=60\(more)"
    }

    private static func fields(_ bytes: [UInt8], form: String = "a-trial-of-this-test")
        -> KeyValuePairs<String, String>
    {
        [
            "form": form, "recording": hash(bytes), "task": "single", "side": "left", "placement": "waist",
            "ended": "tired", "at": "1795348800000", "mass": "", "foot": ""
        ]
    }

    @Test("A recording comes in pieces, each as often as it likes, and becomes one entry") func pieces()
        async throws
    {
        let (site, rosa) = try await Self.clinic()
        let bytes = Self.raises
        let cut = bytes.count / 2
        for _ in 0..<2 {
            let first = try await rosa.put(Self.path(bytes), Array(bytes[..<cut]))
            #expect(first.status == 200)
            #expect(first.body == "{\"received\":\(cut)}")
        }
        // The connection broke, and the phone thinks that more arrived than did.
        let ahead = try await rosa.put(Self.path(bytes, from: cut + 7), Array(bytes[(cut + 7)...]))
        #expect(ahead.status == 409)
        #expect(ahead.body == "{\"received\":\(cut)}")
        let rest = try await rosa.put(Self.path(bytes, from: cut), Array(bytes[cut...]))
        #expect(rest.body == "{\"received\":\(bytes.count)}")

        let sent = try await rosa.post("/lab/heel-raise", Self.fields(bytes))
        #expect(sent.status == 303, "\(sent.body.prefix(2000))")
        let again = try await rosa.post("/lab/heel-raise", Self.fields(bytes))
        #expect(again.location == sent.location, "the same trial wrote twice")
        let measured = try await site.site.scribe.episode("rosa").measurements
        #expect(measured.count == 1)
        let result = try #require(measured.first?.content.results.first)
        #expect(result.fact == "single_heel_raise_left")
        #expect(result.value == 10)
        #expect(result.recording == Self.hash(bytes))
        #expect(measured.first?.content.note == "Stopped: calf too tired.")

        let page = try await rosa.get(try #require(sent.location))
        #expect(page.body.contains("10 heel raises on the left leg"))
        #expect(page.body.contains("the same to the last digit"))
        let chart = try await site.browser(.therapist).get("/charts/rosa")
        let entry = try #require(measured.first?.entry)
        #expect(chart.body.contains("/charts/rosa/lab/\(entry)"), "the chart does not point at the recording")
        let therapist = try await site.browser(.therapist).get("/charts/rosa/lab/\(entry)")
        #expect(therapist.body.contains("10 heel raises on the left leg"))
    }

    @Test("What is not what it says is refused, and nothing of it stays") func refusals() async throws {
        let (site, rosa) = try await Self.clinic()
        let bytes = Self.raises
        let wrong = String(repeating: "a", count: 64)
        #expect(try await rosa.put(Self.path(bytes, hash: wrong), bytes).status == 422)
        #expect(try await site.site.recordings.all(of: "rosa").isEmpty)
        // A trial whose recording never came, or only half of it.
        #expect(try await rosa.post("/lab/heel-raise", Self.fields(bytes)).status == 404)
        _ = try await rosa.put(Self.path(bytes), Array(bytes.prefix(100)))
        #expect(try await rosa.post("/lab/heel-raise", Self.fields(bytes)).status == 404)
        #expect(try await site.site.scribe.episode("rosa").measurements.isEmpty)
    }

    @Test(
        "Recordings that show nothing are refused in words",
        arguments: [
            "", "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n",
            "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n0,0,9.8,0,0,0,0\n",
            "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n0,nan,9.8,0,0,0,0\n1,1,1,1,1,1,1\n",
            "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n1,0,9.8,0,0,0,0\n0,0,9.8,0,0,0,0\n",
            "t_s,acc_x,acc_y,acc_z\n0,0,9.8,0\n0.1,0,9.8,0\n", "\u{1F}\u{8B}", "<script>alert(1)</script>"
        ])
    func hostile(text: String) async throws {
        let (site, rosa) = try await Self.clinic()
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else {
            #expect(try await rosa.put(Self.path(bytes, size: 1), bytes).status == 400)
            return
        }
        #expect(try await rosa.put(Self.path(bytes), bytes).status == 200)
        let answer = try await rosa.post("/lab/heel-raise", Self.fields(bytes))
        #expect(answer.status == 422)
        #expect(answer.body.contains("This recording shows nothing that can be measured"))
        #expect(try await site.site.scribe.episode("rosa").measurements.isEmpty)
    }

    @Test("Bytes are taken only with the session's token, from this site, and up to their size")
    func guarded()
        async throws
    {
        let (_, rosa) = try await Self.clinic()
        let bytes = Self.raises
        let path = Self.path(bytes)
        #expect(try await rosa.put(path, bytes, headers: [.csrfToken: "forged"]).status == 403)
        #expect(try await rosa.put(path, bytes, headers: [.secFetchSite: "cross-site"]).status == 403)
        #expect(
            try await rosa.put(path, bytes, headers: [.origin: "https://elsewhere.example"]).status == 403)
        let large = [UInt8](repeating: 1, count: RecordingStore.largestPiece + 1)
        #expect(try await rosa.put(Self.path(large), large).status == 413)
        #expect(try await rosa.put(Self.path(bytes, size: 1 << 40), bytes).status == 400)
        #expect(try await rosa.put("/lab/recordings/../../etc?from=0&size=1", [1]).status == 404)
        #expect(
            try await rosa.put("/lab/recordings/ABC?from=0&size=1&task=single&side=left&placement=waist", [1])
                .status == 400)
    }

    @Test("A phone that found something else is not believed, and neither is the server") func disagreement()
        async throws
    {
        let (site, rosa) = try await Self.clinic()
        let bytes = Self.raises
        _ = try await rosa.put(Self.path(bytes), bytes)
        let nine = String((9.0).bitPattern, radix: 16)
        let answer = try await rosa.post(
            "/lab/heel-raise", Self.fields(bytes), adding: ("found", "single_heel_raise_left=\(nine)"))
        #expect(answer.status == 422)
        #expect(answer.body.contains("The phone and the clinic do not agree"))
        #expect(try await site.site.scribe.episode("rosa").measurements.isEmpty)
        let ten = String((10.0).bitPattern, radix: 16)
        let agreed = try await rosa.post(
            "/lab/heel-raise", Self.fields(bytes), adding: ("found", "single_heel_raise_left=\(ten)"))
        #expect(agreed.status == 303)
    }

    @Test("Nobody's recording is another's") func belongsToOneChart() async throws {
        let (site, rosa) = try await Self.clinic()
        let bytes = Self.raises
        _ = try await rosa.put(Self.path(bytes), bytes)
        let sent = try await rosa.post("/lab/heel-raise", Self.fields(bytes))
        let other = Account(
            id: "person-omar", role: .patient, name: "Omar Reed", phone: "555-0101", born: Day("1990-01-01"),
            sex: .male, language: "en")
        try await site.site.people.add(other, now: site.now)
        try await site.site.scribe.charts.open("omar", for: "person-omar", now: site.now)
        let omar = try await site.browser(of: "person-omar", policy: .patient)
        #expect(try await omar.get(try #require(sent.location)).status == 404)
        #expect(try await omar.get("/lab/result/no-such-entry").status == 404)
        #expect(
            try await omar.post("/lab/heel-raise", Self.fields(bytes, form: "another-trial-of-omar")).status
                == 404)
    }

    @Test(
        "The plan is the gate, and a pause closes it",
        arguments: [
            ("heel-raise", "single", ["single_heel_raise"], true),
            ("heel-raise", "single", ["double_heel_raise"], false),
            ("heel-raise", "double", ["double_heel_raise"], true),
            ("heel-raise", "double", ["ankle_pumps"], false),
            ("walk", "walk", ["walking"], true), ("walk", "walk", ["ankle_pumps"], false)
        ])
    func gate(test: String, task: String, exercises: [String], isOpen: Bool) async throws {
        let (site, rosa) = try await Self.clinic(exercises)
        let page = try await rosa.get("/lab/\(test)?task=\(task)")
        #expect(page.body.contains("id=\"start\"") == isOpen)
        let tess = Author(id: "person-tess", role: .therapist)
        try await site.site.scribe.write(in: "rosa", by: tess, now: site.now) { _ in
            [.held(Held(reason: .therapist, note: "rest"))]
        }
        #expect(try await rosa.get("/lab/\(test)?task=\(task)").body.contains("id=\"start\"") == false)
    }

    @Test("Only the lab's pages may ask for the phone's senses") func senses() async throws {
        let (_, rosa) = try await Self.clinic()
        let policy = try #require(HTTPField.Name("Permissions-Policy"))
        let lab = try await rosa.get("/lab/heel-raise").headers
        #expect(lab[policy]?.contains("accelerometer=(self)") == true)
        #expect(lab[.contentSecurityPolicy]?.contains("script-src 'self' 'wasm-unsafe-eval'") == true)
        for path in ["/lab", "/today", "/"] {
            let headers = try await rosa.get(path).headers
            #expect(headers[policy]?.contains("accelerometer=()") == true, "\(path)")
            #expect(headers[.contentSecurityPolicy]?.contains("script-src 'self';") == true, "\(path)")
        }
    }
}
