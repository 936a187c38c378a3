// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird

// What the therapist does on a chart: each a form, checked again inside the transaction that writes it.
extension ChartPages {
    @Sendable func acknowledge(_ visit: Visit) async throws -> Response {
        let flag = Entry.ID(visit.form["flag"])
        guard let action = text(visit, "action") else { return try await missing("action", visit) }
        return try await write(visit, as: "acknowledged", to: "#flags") { chart in
            guard chart.openFlags.contains(where: { $0.id == flag }) else {
                throw Failure.refused("flag_done")
            }
            return [.flagAcknowledged(FlagAcknowledged(flag: flag, action: action))]
        }
    }

    @Sendable func hold(_ visit: Visit) async throws -> Response {
        guard let note = text(visit, "hold_note") else { return try await missing("hold_note", visit) }
        return try await write(visit, as: "held", to: "#hold") { chart in
            guard chart.closed == nil else { throw Failure.refused("chart_closed") }
            guard chart.hold == nil else { throw Failure.refused("held_already") }
            return [.held(Held(reason: .therapist, note: note))]
        }
    }

    @Sendable func resume(_ visit: Visit) async throws -> Response {
        guard let reason = text(visit, "resume_reason") else {
            return try await missing("resume_reason", visit)
        }
        return try await write(visit, as: "resumed", to: "#decision") { chart in
            guard chart.closed == nil else { throw Failure.refused("chart_closed") }
            guard chart.openFlags.isEmpty else { throw Failure.refused("flags_open") }
            guard chart.hold != nil else { throw Failure.refused("not_held") }
            return [.resumed(Resumed(reason: reason))]
        }
    }

    /// Signs the way into the next phase, if the chart still says so in the moment of writing.
    @Sendable func sign(_ visit: Visit) async throws -> Response {
        let wanted = Phase.ID(visit.form["to"])
        let note = visit.form["sign_note"]
        guard note.count <= Self.longestText else { return try await missing("sign_note", visit) }
        let (pathway, moment, wording) = (site.pathway, visit.moment, ChartWording(visit))
        return try await write(visit, as: "signed phase", to: "#decision") { chart in
            let decision = pathway.decide(chart, at: moment)
            guard case .progressPhase(let next) = decision.outcome, next == wanted, let plan = chart.plan,
                let draft = pathway.draftPlan(for: next, limits: plan.limits, reason: "phase_signed")
            else { throw Failure.refused("not_ready") }
            let criteria = decision.criteria.map { wording.sentence($0) }
            return [
                .phaseChanged(PhaseChanged(from: plan.phase, to: next, criteria: criteria, note: note)),
                .planWritten(draft)
            ]
        }
    }

    /// Ends the programme, if the chart still says so in the moment of writing.
    @Sendable func discharge(_ visit: Visit) async throws -> Response {
        let note = visit.form["discharge_note"]
        guard note.count <= Self.longestText else { return try await missing("discharge_note", visit) }
        let (pathway, moment) = (site.pathway, visit.moment)
        return try await write(visit, as: "discharged") { chart in
            guard pathway.decide(chart, at: moment).outcome == .discharge else {
                throw Failure.refused("not_ready")
            }
            return [.closed(Closed(reason: .discharged, note: note))]
        }
    }

    /// Ends the episode for a reason outside the programme; an open flag must be answered first.
    @Sendable func close(_ visit: Visit) async throws -> Response {
        guard let reason = Self.closingReasons.first(where: { $0.rawValue == visit.form["close_reason"] })
        else {
            return try await missing("close_reason", visit)
        }
        guard let note = text(visit, "close_note") else { return try await missing("close_note", visit) }
        return try await write(visit, as: "closed") { chart in
            guard chart.closed == nil else { throw Failure.refused("chart_closed") }
            guard chart.openFlags.isEmpty else { throw Failure.refused("flags_open") }
            return [.closed(Closed(reason: reason, note: note))]
        }
    }

    @Sendable func message(_ visit: Visit) async throws -> Response {
        guard let text = text(visit, "message_text") else { return try await missing("message_text", visit) }
        return try await write(visit, as: "sent message", to: "#message") { chart in
            guard chart.closed == nil else { throw Failure.refused("chart_closed") }
            return [.messageSent(MessageSent(text: text))]
        }
    }

    /// Discharge is the programme's own end and has its own form.
    static let closingReasons: [Closed.Reason] = [.referred, .leftCare]
    static let longestText = 2000

    /// A text that must be there, and not be a book.
    func text(_ visit: Visit, _ field: String) -> String? {
        let text = visit.form[field]
        return (1...Self.longestText).contains(text.count) ? text : nil
    }

    private func missing(_ field: String, _ visit: Visit) async throws -> Response {
        try await show(visit, problem: problem(with: field, visit))
    }

    func problem(with field: String, _ visit: Visit) -> ChartProblem {
        let isTooLong = visit.form[field].count > Self.longestText
        return ChartProblem(
            field: field, text: visit.words[isTooLong ? "chart.problem.too_long" : "chart.problem.\(field)"])
    }
}
