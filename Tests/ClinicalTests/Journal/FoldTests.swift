// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Clinical

/// Entries `e1`, `e2`, … one hour apart.
private func journal(_ events: (Author.Part, Event)...) -> [Entry] {
    events.enumerated().map { index, line in
        Entry(
            id: .init("e\(index + 1)"), episode: "ep", sequence: index + 1, at: hour(index + 1),
            author: Author(id: "somebody", part: line.0), pathway: "calf-tear 1.0.0", event: line.1)
    }
}

private func hour(_ number: Int) -> Date { Date(timeIntervalSince1970: Double(number) * 3600) }

private let flag = Event.flagRaised(FlagRaised(disposition: .sameDay, rules: ["T"], cause: nil))
private let held = Event.held(Held(reason: .redFlag, note: ""))

private func plan(step: Int) -> Plan {
    var plan = Samples.plan
    plan.step = step
    return plan
}

private func log(pain: Int) -> SessionLog {
    var log = Samples.log
    log.painLoadingNRS = pain
    return log
}

@Suite("The fold of a journal") struct FoldTests {
    @Test("of nothing is an empty episode")
    func empty() {
        #expect(Episode([Entry]()) == .empty)
        #expect(Episode.empty.sequence == 0)
        #expect(Episode.empty.plan == nil)
        #expect(Episode.empty.injuredSide == nil)
    }

    @Test("takes in every kind of event, and remembers the last sequence and when it began")
    func everyKind() {
        let entries = Samples.all.enumerated().map { index, event in
            Entry(
                id: .init("e\(index + 1)"), episode: "ep", sequence: index + 1, at: hour(index + 1),
                author: Author(id: "t", role: .therapist), pathway: "", event: event)
        }
        let episode = Episode(entries)
        #expect(episode.sequence == entries.count)
        #expect(episode.openedAt == hour(1))
        #expect(episode.screened != nil && episode.closed != nil && episode.hold == nil)
        #expect(episode.evaluations.count == 1 && episode.plans.count == 2 && episode.flags.count == 2)
        #expect(episode.phaseChanges.count == 1 && episode.messages.count == 1)
        #expect(episode.injuredSide == .left)
    }

    @Test("is the same however the entries are chunked")
    func chunks() throws {
        var random = SplitMix64(seed: 7)
        let entries = try RandomJournal(steadiness: 2).entries(count: 120, using: &random)
        let whole = Episode(entries)
        for cut in stride(from: 0, through: entries.count, by: 7) {
            let first = Episode(entries[..<cut])
            #expect(entries[cut...].reduce(first) { $0.applying($1) } == whole)
        }
    }

    @Test(
        "knows the flags that nobody has acknowledged",
        arguments: [
            (journal((.engine, flag)), ["e1"]),
            (journal((.engine, flag), (.engine, flag)), ["e1", "e2"]),
            (
                journal(
                    (.engine, flag), (.engine, flag),
                    (.therapist, .flagAcknowledged(FlagAcknowledged(flag: "e1", action: "")))), ["e2"]
            ),
            // Of another flag, or before it was raised.
            (
                journal(
                    (.therapist, .flagAcknowledged(FlagAcknowledged(flag: "e2", action: ""))), (.engine, flag)
                ), ["e2"]
            )
        ] as [([Entry], [Entry.ID])])
    func flags(entries: [Entry], open: [Entry.ID]) {
        #expect(Episode(entries).openFlags.map(\.id) == open)
    }

    @Test("knows who acknowledged a flag, and when")
    func acknowledged() {
        let episode = Episode(
            journal(
                (.engine, flag),
                (.therapist, .flagAcknowledged(FlagAcknowledged(flag: "e1", action: "called")))
            ))
        #expect(episode.flags.first?.acknowledged?.at == hour(2))
        #expect(episode.flags.first?.acknowledged?.content.action == "called")
        #expect(episode.flags.first?.acknowledged?.author.part == .therapist)
    }

    @Test("is held from a hold to the next resume; an acknowledged flag alone resumes nothing")
    func holdResume() {
        let resumed = Event.resumed(Resumed(reason: "scan clear"))
        let acknowledged = Event.flagAcknowledged(FlagAcknowledged(flag: "e1", action: ""))
        #expect(Episode(journal((.engine, held))).hold != nil)
        #expect(Episode(journal((.engine, flag), (.engine, held), (.therapist, acknowledged))).hold != nil)
        #expect(Episode(journal((.engine, held), (.therapist, resumed))).hold == nil)
        #expect(Episode(journal((.engine, held), (.therapist, resumed), (.engine, held))).hold?.entry == "e3")
    }

    @Test(
        "dates a step back, and only the engine's own",
        arguments: [
            (Author.Part.engine, 2, 1, true), (.engine, 2, 2, true), (.engine, 1, 2, false),
            (.therapist, 2, 1, false)
        ])
    func stepBack(part: Author.Part, from: Int, to: Int, isBack: Bool) {
        let episode = Episode(
            journal((.therapist, .planWritten(plan(step: from))), (part, .planChanged(plan(step: to)))))
        #expect(episode.steppedBackAt == (isBack ? hour(2) : nil))
        #expect(episode.doseChangedAt == hour(2))
        #expect(episode.plan?.step == to)
        #expect(episode.plans.count == 2)
    }

    @Test("remembers when the patient last wrote, not when the clinic did")
    func patientWrote() {
        let episode = Episode(
            journal(
                (.patient, .checkedIn(Samples.checkIn)), (.therapist, .measured(Samples.measured)),
                (.engine, held)))
        #expect(episode.patientWroteAt == hour(1))
    }

    @Test("puts a correction where the wrong entry stood, with its time and author")
    func amended() {
        let correction = Amended(entry: "e1", replacement: .sessionLogged(log(pain: 2)), reason: "slip")
        let episode = Episode(
            journal(
                (.patient, .sessionLogged(log(pain: 9))), (.patient, .sessionLogged(log(pain: 1))),
                (.therapist, .amended(correction))))
        #expect(episode.logs.map(\.content.painLoadingNRS) == [2, 1])
        #expect(episode.logs.map(\.at) == [hour(1), hour(2)])
        #expect(episode.logs.first?.author.part == .patient)
    }

    @Test(
        "takes a mistaken entry out, whatever it was",
        arguments: [
            Event.sessionLogged(Samples.log), .checkedIn(Samples.checkIn), .treated(Samples.treated),
            .measured(Samples.measured)
        ])
    func takenOut(event: Event) {
        let episode = Episode(
            journal(
                (.patient, event),
                (.patient, .amended(Amended(entry: "e1", replacement: .nothing, reason: "")))))
        #expect(episode.logs.isEmpty && episode.checkIns.isEmpty)
        #expect(episode.treatments.isEmpty && episode.measurements.isEmpty)
    }

    @Test("leaves everything as it is where a correction points at nothing, or at another kind")
    func amendedNothing() {
        let lines: [(Author.Part, Event)] = [(.patient, .checkedIn(Samples.checkIn)), (.engine, flag)]
        for wrong in [
            Amended(entry: "e9", replacement: .nothing, reason: ""),
            Amended(entry: "e1", replacement: .sessionLogged(Samples.log), reason: ""),
            Amended(entry: "e2", replacement: .nothing, reason: "")
        ] {
            let episode = Episode(journal(lines[0], lines[1], (.patient, .amended(wrong))))
            #expect(episode.checkIns.map(\.content) == [Samples.checkIn])
            #expect(episode.logs.isEmpty)
            #expect(episode.openFlags.count == 1, "a correction took a red flag away")
        }
    }
}
