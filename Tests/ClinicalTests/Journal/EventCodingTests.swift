// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Clinical

@Suite("An event as it is kept") struct EventCodingTests {
    @Test("is tried for every kind")
    func everyKind() {
        #expect(Set(Samples.all.map(\.kind)) == Set(Event.Kind.allCases))
    }

    @Test("reads back as it was written", arguments: Samples.all)
    func roundTrip(event: Event) throws {
        #expect(try Event(kind: event.kind.rawValue, content: event.content()) == event)
    }

    @Test("is one line of JSON, the same each time it is written", arguments: Samples.all)
    func stable(event: Event) throws {
        let content = try event.content()
        let again = try Event(kind: event.kind.rawValue, content: content).content()
        #expect(content == again)
        #expect(!content.contains("\n"))
        #expect(content.hasPrefix("{"))
    }

    @Test("keeps limits and values as objects with sorted keys, in whatever order they were put in")
    func sorted() throws {
        let ids = (0..<40).map { "limit_\($0)" }
        func content(_ ids: [String]) throws -> String {
            var plan = Samples.plan
            plan.limits = [:]
            for id in ids { plan.limits[.init(id)] = 1 }
            return try Event.planWritten(plan).content()
        }
        let inOrder = try content(ids)
        #expect(inOrder.contains(#""limits":{"limit_0":1,"limit_1":1,"limit_10":1,"#))
        #expect(try content(ids.reversed()) == inOrder)
    }

    @Test("has a form that does not change: older charts hold it")
    func frozen() throws {
        let log = SessionLog(
            exercise: "x", prescribed: Dose(sets: 1), done: Dose(), asPrescribed: true, painLoadingNRS: nil,
            sharpStab: nil)
        #expect(
            try Event.sessionLogged(log).content()
                == #"{"asPrescribed":true,"done":{},"exercise":"x","prescribed":{"sets":1}}"#)
        #expect(
            try Event.checkedIn(CheckIn(answers: ["limp": "no", "pain_rest": 2])).content()
                == #"{"answers":{"limp":"no","pain_rest":2}}"#)
        #expect(
            try Event.measured(Measured(values: ["girth_left": 38])).content()
                == #"{"note":"","values":{"girth_left":38}}"#)
        #expect(
            try Event.held(Held(reason: .redFlag, note: "")).content() == #"{"note":"","reason":"red_flag"}"#)
        #expect(
            Event.Kind.allCases.map(\.rawValue) == [
                "screened", "evaluated", "plan_written", "plan_changed", "session_logged", "checked_in",
                "treated", "measured", "flag_raised", "flag_acknowledged", "phase_changed", "held", "resumed",
                "message_sent", "amended", "closed"
            ])
    }

    @Test("of a newer version is refused by name")
    func unknownKind() {
        #expect(throws: Event.CodingFailure.unknownKind("scanned")) {
            try Event(kind: "scanned", content: "{}")
        }
    }

    @Test(
        "that is broken is refused",
        arguments: [
            ("held", "{}"), ("held", #"{"reason":"bored","note":""}"#), ("held", ""), ("checked_in", "[]"),
            ("plan_written", #"{"phase":"protect"}"#), ("screened", "null"),
            ("evaluated", #"{"injuredOn":"2026-02-30"}"#)
        ])
    func broken(kind: String, content: String) {
        #expect(throws: DecodingError.self) { try Event(kind: kind, content: content) }
    }
}
