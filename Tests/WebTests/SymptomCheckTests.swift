// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Web

@Suite("The symptom check")
struct SymptomCheckTests {
    /// Somebody with a fresh, mild injury who answers "no" to the rest.
    static let calm: [String: String] = [
        "age_years": "41", "sex": "male", "onset": "sudden", "side": "left", "site": "inner_upper",
        "pain_trend": "better", "onset_days": "1", "pop": "calf",
        "gap": "none", "four_steps": "yes", "double_heel_raise": "easy", "single_heel_raise": "painful",
        "swelling": "none", "red_tender_cord": "none", "bruise": "none", "pain_rest": "1",
        "pain_walking": "2",
        "pain_worst_24h": "3"
    ]

    struct Walk: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answers: [String: String]
        let expected: Disposition

        init(_ name: String, _ changes: [String: String], _ expected: Disposition) {
            testDescription = name
            answers = SymptomCheckTests.calm.merging(changes) { _, new in new }
            self.expected = expected
        }
    }

    static let walks: [Walk] = [
        Walk("a mild strain", [:], .selfCareMonitor),
        Walk(
            "a woman with a mild strain", ["sex": "female", "pregnant_or_postpartum": "no"], .selfCareMonitor),
        Walk("a limp and a bruise", ["four_steps": "limping", "bruise": "calf"], .bookEvaluation),
        Walk("slow tightness", ["onset": "gradual"], .bookEvaluation),
        Walk(
            "soreness in both calves after new exercise",
            [
                "onset": "after_unusual_exercise", "side": "both", "both_calves": "yes"
            ], .selfCareMonitor),
        Walk("nothing happened", ["onset": "no_injury"], .sameDay),
        Walk("cannot take four steps", ["four_steps": "no", "squeeze_moves_foot": "yes"], .sameDay),
        Walk(
            "cannot rise on the sore leg",
            [
                "single_heel_raise": "unable", "squeeze_moves_foot": "no", "pop": "low_calf_or_ankle"
            ], .sameDay),
        Walk(
            "cannot rise on both feet", ["double_heel_raise": "unable", "squeeze_moves_foot": "not_tried"],
            .sameDay),
        Walk(
            "a swelling that grows", ["swelling": "calf", "swelling_trend": "worse", "calf_bigger_cm": "2,5"],
            .sameDay),
        Walk(
            "on a blood thinner, with nothing else",
            [
                "anticoagulant": "yes", "bruise_or_lump_on_blood_thinner": "no"
            ], .selfCareMonitor),
        Walk(
            "on a blood thinner, with a new lump",
            [
                "anticoagulant": "yes", "bruise_or_lump_on_blood_thinner": "yes",
                "squeeze_moves_foot": "not_tried"
            ], .emergencyNow),
        Walk("pregnant", ["sex": "female", "pregnant_or_postpartum": "yes"], .sameDay),
        Walk(
            "a limp that also hides the heel raises",
            [
                "double_heel_raise": "not_tried", "single_heel_raise": "not_tried",
                "squeeze_moves_foot": "not_tried",
                "pop": "unsure"
            ], .bookEvaluation)
    ]

    @Test("The walk ends where the rules say, after 15 to 25 pages", arguments: walks)
    func walk(_ walk: Walk) async throws {
        let visitor = try await CheckVisitor()
        let end = try await visitor.walk(walk.answers)
        #expect(end.answer.status == 200)
        #expect(try end.answer.h1 == visitor.title(walk.expected))
        #expect((15...25).contains(end.pages.count), "\(end.pages.count) pages")
        #expect(Set(end.pages).count == end.pages.count)
    }

    @Test("Every page is shown on some walk, with a label for each of its answers")
    func everyPage() async throws {
        let visitor = try await CheckVisitor()
        var shown: Set<String> = []
        for walk in Self.walks { shown.formUnion(try await visitor.walk(walk.answers).pages) }
        #expect(shown == Set(visitor.pathway.questions.map(\.id)))
        #expect(visitor.unlabelled.isEmpty)
    }

    @Test("What no longer matters is skipped")
    func skipping() async throws {
        let visitor = try await CheckVisitor()
        let calm = Set(try await visitor.walk(Self.calm).pages)
        #expect(calm.isDisjoint(with: ["pregnancy", "bleeding", "swelling_trend", "squeeze"]))
        let slow = Set(try await visitor.walk(Self.calm.merging(["onset": "gradual"]) { $1 }).pages)
        #expect(!slow.contains("pop"))
        let lame = Set(try await visitor.walk(Self.calm.merging(["four_steps": "no"]) { $1 }).pages)
        #expect(lame.isDisjoint(with: ["double_raise", "single_raise"]))
    }

    @Test("Not sure to everything is never self-care, and is always taken")
    func unsure() async throws {
        let visitor = try await CheckVisitor()
        let end = try await visitor.walk(["*": "unsure", "rest": "unsure"])
        #expect(end.answer.status == 200)
        #expect(try end.answer.h1 == visitor.title(.sameDay))
        #expect(end.answer.body.contains("things are not known yet"))
    }

    static let emergencies: [FactID] = [
        "pe_breathless", "pe_chest_pain", "pe_cough_blood", "pe_collapse", "pe_racing_heart",
        "pain_out_of_proportion",
        "foot_numb", "foot_weak", "foot_pale_cold", "open_wound", "confused_or_collapsing",
        "pain_beyond_redness",
        "dark_urine", "saddle_or_bladder"
    ]

    @Test("An emergency ends the check at once, with the number to call", arguments: emergencies)
    func emergency(_ id: FactID) async throws {
        let visitor = try await CheckVisitor()
        let end = try await visitor.walk(Self.calm.merging([id.rawValue: "yes"]) { $1 })
        let page = try #require(visitor.pathway.questions.first { $0.findings.contains(id) })
        #expect(end.pages.last == page.id)
        #expect(end.answer.h1 == "Call 911 now")
        #expect(end.answer.body.contains("href=\"tel:911\""))
        // The number comes before the request for an evaluation.
        let call = try #require(end.answer.body.firstRange(of: "tel:911"))
        let ask = try #require(end.answer.body.firstRange(of: "/check/request"))
        #expect(call.lowerBound < ask.lowerBound)
    }

    @Test("After an emergency the rest can be answered, and it stays one")
    func answersTheRest() async throws {
        let visitor = try await CheckVisitor()
        let answers = Self.calm.merging(["pe_breathless": "yes"]) { $1 }
        let stopped = try await visitor.walk(answers)
        let rest = try await visitor.post([
            ("answers", stopped.answer.answers), ("page", "lungs"), ("go", "rest")
        ])
        #expect(rest.page == "foot")
        let end = try await visitor.walk(answers, from: rest)
        #expect(end.pages.last == "pain")
        #expect(end.answer.h1 == "Call 911 now")
    }

    @Test("Under 18 the emergencies are asked, then a person must look")
    func minor() async throws {
        let visitor = try await CheckVisitor()
        let end = try await visitor.walk(Self.calm.merging(["age_years": "17"]) { $1 })
        #expect(end.pages == ["you", "lungs", "foot", "pressure", "ill"])
        #expect(end.answer.body.contains("See a clinician in person"))
        #expect(end.answer.body.contains(visitor.pathway.words(in: "en")["rule.T-AGE-1"]))
        #expect(!end.answer.body.contains("None of your answers"))
        let urgent = try await visitor.walk(Self.calm.merging(["age_years": "17", "foot_numb": "yes"]) { $1 })
        #expect(urgent.answer.h1 == "Call 911 now")
    }

    @Test("One sore leg is never both: the question is left out, and cannot be answered against it")
    func bothCalves() async throws {
        let questionnaire = Questionnaire(try TestPathway.calfTear())
        func step(_ side: String) throws -> Questionnaire.Step {
            try #require(questionnaire.course(Answers(["side": .word(side)])).step("other"))
        }
        #expect(try !step("left").findings.contains("both_calves"))
        #expect(try step("both").findings.contains("both_calves"))
        let course = questionnaire.course(Answers(["side": .word("right"), "both_calves": .word("yes")]))
        #expect(course.answers["both_calves"] == .word("no"))
    }

    @Test("An answer to a page that is no longer asked does not count")
    func changedMind() throws {
        let questionnaire = Questionnaire(try TestPathway.calfTear())
        let course = questionnaire.course(
            Answers([
                "swelling": .word("none"), "swelling_trend": .word("worse"), "calf_bigger_cm": .number(4)
            ]))
        #expect(course.answers["swelling_trend"] == .word("same"))
        #expect(course.answers["calf_bigger_cm"] == nil)
    }

    @Test(
        "Nonsense is named, and what was typed stays",
        arguments: [
            ("you", ["age_years": "200", "sex": "male"], "Type a number from 0 to 120.", "value=\"200\""),
            ("you", ["age_years": "forty", "sex": "male"], "Type a number, such as 3.", "value=\"forty\""),
            ("you", ["age_years": "41.5", "sex": "male"], "Type a whole number", "value=\"41.5\""),
            ("you", ["age_years": "41"], "Choose one. Not sure is an answer.", "value=\"41\""),
            ("where", ["side": "left", "onset_days": "-3"], "Type a number from 0 up.", "value=\"-3\""),
            ("where", ["side": "up", "onset_days": "1e999"], "Choose one.", "value=\"1e999\""),
            ("onset", [:], "Choose one. Not sure is an answer.", "of about"),
            (
                "pain", ["pain_rest": "11", "pain_walking": "2", "pain_worst_24h": "0"], "from 0 to 10",
                "of about"
            )
        ])
    func nonsense(page: String, fields: [String: String], message: String, kept: String) async throws {
        let visitor = try await CheckVisitor()
        let answer = try await visitor.post(
            [("page", page), ("answers", "{}"), ("go", "next")] + fields.map { ($0.key, $0.value) })
        #expect(answer.status == 422)
        #expect(answer.body.contains(message))
        #expect(answer.body.contains(kept))
        #expect(answer.body.contains("role=\"alert\""))
        #expect(answer.page == page)
    }

    @Test(
        "A tampered field is refused clearly",
        arguments: [
            "{", "[]", "null", "{\"age_years\":\"old\"}", "{\"age_years\":900}", "{\"nobody\":1}",
            "{\"sex\":null}",
            "{\"sex\":{\"a\":1}}", "{\"pulse_bpm\":80}", "{\"onset_days\":1e999}", "{\"side\":true}",
            "<script>alert(1)</script>", String(repeating: "[", count: 5000)
        ])
    func tampered(_ answers: String) async throws {
        let visitor = try await CheckVisitor()
        let asked = try await visitor.post([("page", "lungs"), ("answers", answers), ("go", "no")])
        #expect(asked.status == 400)
        #expect(!asked.body.contains("<script>alert"))
        let sent = try await visitor.post(
            [
                ("page", "lungs"), ("answers", answers), ("form", "0123456789abcdef"), ("name", "A"),
                ("phone", "5550100")
            ],
            to: "/check/request")
        #expect(sent.status == 400)
        #expect(try await visitor.post([("page", "nowhere"), ("answers", "{}")]).status == 400)
        #expect(try await visitor.requests.isEmpty)
    }

    @Test("Back keeps what was said, also on the page that was left")
    func back() async throws {
        let visitor = try await CheckVisitor()
        let lungs = try await visitor.post([
            ("page", "you"), ("answers", "{}"), ("go", "next"), ("age_years", "41"), ("sex", "male")
        ])
        #expect(lungs.page == "lungs")
        let you = try await visitor.post([("page", "lungs"), ("answers", lungs.answers), ("go", "back")])
        #expect(you.page == "you")
        #expect(you.body.contains("value=\"41\""))
        #expect(you.body.contains("value=\"male\" checked"))
    }

    @Test("Nothing is kept and no cookie set before somebody asks")
    func keepsNothing() async throws {
        let visitor = try await CheckVisitor()
        let start = try await visitor.get("/check")
        let end = try await visitor.walk(Self.calm)
        #expect(start.cookie == nil && end.answer.cookie == nil)
        #expect(try await visitor.rowsWritten() == 0)
    }

    @Test("A request is kept once, with the answers only where that was wanted", arguments: [true, false])
    func request(consent: Bool) async throws {
        let visitor = try await CheckVisitor()
        let end = try await visitor.walk(Self.calm.merging(["four_steps": "limping"]) { $1 })
        var fields = [
            ("form", end.answer.hidden("form")), ("answers", end.answer.answers), ("page", "pain"),
            ("name", "Nell Demo"), ("phone", "(555) 010-0199")
        ]
        if consent { fields.append(("consent", "yes")) }
        for _ in 1...2 {
            let sent = try await visitor.post(fields, to: "/check/request")
            #expect(sent.status == 303)
            #expect(sent.location == "/check/sent")
        }
        let requests = try await visitor.requests
        let kept = try #require(requests.first)
        #expect(requests.count == 1)
        #expect(kept.name == "Nell Demo" && kept.disposition == "book_evaluation")
        #expect(kept.answers.contains("limping") == consent)
        #expect(kept.rules == (consent ? "[\"T-TEAR-2\"]" : "[]"))
        #expect(try await visitor.requestActs() == 1)
        #expect(try await visitor.get("/check/sent").status == 200)
    }

    @Test(
        "A request without a name or a number that can be dialled is shown again",
        arguments: [
            ("", "5550100199", "#name"), ("Nell", "12", "#phone"), ("Nell", "call me", "#phone"),
            (String(repeating: "x", count: 101), "5550100199", "#name")
        ])
    func badRequest(name: String, phone: String, link: String) async throws {
        let visitor = try await CheckVisitor()
        let sent = try await visitor.post(
            [
                ("form", "0123456789abcdef"), ("answers", "{}"), ("page", "pain"), ("name", name),
                ("phone", phone)
            ],
            to: "/check/request")
        #expect(sent.status == 422)
        #expect(sent.body.contains("href=\"\(link)\""))
        #expect(sent.hidden("form") == "0123456789abcdef")
        #expect(try await visitor.requests.isEmpty)
    }

    @Test("Many requests from one place are slowed down, a few are not")
    func flood() async throws {
        let visitor = try await CheckVisitor()
        var statuses: [Int] = []
        for number in 0..<12 {
            let sent = try await visitor.post(
                [
                    ("form", "0123456789abcdef\(number)"), ("answers", "{}"), ("page", "pain"),
                    ("name", "Nell"),
                    ("phone", "5550100199")
                ], to: "/check/request")
            statuses.append(sent.status)
        }
        #expect(statuses.prefix(5).allSatisfy { $0 == 303 })
        #expect(statuses.last == 429)
        // Signing in is counted apart.
        let keys = [Throttle.Key.address("local")]
        #expect(try await visitor.site.throttle.attempt(keys, now: visitor.site.clock()) == .go)
    }

    @Test("The guide has every part, the times of every source, and leads to the check")
    func guide() async throws {
        let visitor = try await CheckVisitor()
        let guide = try await visitor.get("/guide")
        #expect(guide.status == 200)
        let words = visitor.pathway.words(in: "en")
        for key in words.keys where key.hasPrefix("guide.") && key.hasSuffix(".title") {
            #expect(guide.body.contains(">\(words[key])<"), "\(key)")
        }
        for time in ["1 to 3 weeks", "A few weeks", "6 to 8 weeks", "Several months", "31.3 ± 12.6"] {
            #expect(guide.body.contains(time), "\(time)")
        }
        #expect(guide.body.contains("href=\"/check\"") && guide.body.contains("class=\"torn\""))
        #expect(try await visitor.get("/").body.contains("href=\"/guide\""))
    }
}
