// SPDX-License-Identifier: Apache-2.0
import Clinical
import HTTPTypes
import Hummingbird

/// The evaluation: examine, look at what the findings speak for, confirm or override, sign.
///
/// Nothing is kept between the steps but the fields of the form itself.
struct EvaluateForm: Sendable {
    let visit: Visit
    let chart: ChartForms.Opened

    init(_ visit: Visit) async throws {
        self.visit = visit
        chart = try await ChartForms.Opened(visit, page: "evaluate")
    }

    func show() throws -> Response {
        let prefill = EvaluatePrefill(chart, visit)
        return try visit.page(
            EvaluatePage(
                visit, chart, values: prefill.values, origin: prefill.origin, proposal: nil, faults: []))
    }

    func send() async throws -> Response {
        let reading = EvaluateReading(ChartForms.Values(visit.form), visit)
        let proposal = visit.site.pathway.proposal(
            for: reading.answers, alternativeAsLikely: reading.alternativeAsLikely)
        var values = reading.values
        let isSigning = values["step"] == "sign"
        var faults = reading.faults
        var evaluated: Evaluated?
        if isSigning {
            let conclusion = EvaluateConclusion(values, proposal, visit.words)
            faults += conclusion.faults
            evaluated = conclusion.evaluated(reading)
        }
        if faults.isEmpty, let evaluated {
            return try await chart.write(visit, "evaluated") { _ in [.evaluated(evaluated)] }
        }
        // A first look at findings that cannot be read proposes nothing; one that was there stays on the page.
        let isProposing = faults.isEmpty || values.has("seen")
        propose(proposal, in: &values)
        let page = EvaluatePage(
            visit, chart, values: values, origin: nil, proposal: isProposing ? proposal : nil, faults: faults)
        return try visit.page(page, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    /// Fills in what is proposed, and leaves what the therapist has decided otherwise.
    private func propose(_ proposal: Proposal, in values: inout ChartForms.Values) {
        let seen = values["seen"].split(separator: " ").map(String.init)
        if values["grade"].isEmpty || values["grade"] == seen.first {
            values["grade"] = proposal.grade.rawValue
        }
        if values["muscle"].isEmpty || values["muscle"] == seen.dropFirst().first {
            values["muscle"] = proposal.muscle.rawValue
        }
        for diagnosis in proposal.differential where !values.has("shown.\(diagnosis.id)") {
            values["keep.\(diagnosis.id)"] = "yes"
        }
        values["seen"] = EvaluateConclusion.fingerprint(proposal)
    }
}
