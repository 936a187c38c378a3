// SPDX-License-Identifier: Apache-2.0
import Clinical
import HTTPTypes
import Hummingbird

/// The plan editor: the exercises of the phase with every number of every dose.
///
/// A phase is chosen for the first plan only; later ones are signed on the chart.
struct PlanForm: Sendable {
    let visit: Visit
    let chart: ChartForms.Opened

    /// The same plan again says nothing, so it is not written.
    private struct Unchanged: Error {}

    init(_ visit: Visit) async throws {
        self.visit = visit
        chart = try await ChartForms.Opened(visit, page: "plan")
    }

    func show() throws -> Response {
        guard chart.episode.evaluation != nil else { return try visit.page(PlanEditPage(visit, chart)) }
        guard let draft = PlanDraft(visit.site.pathway, chart.episode, phase: visit.query("phase")) else {
            throw Failure.notFound
        }
        return try visit.page(
            PlanEditPage(
                visit, chart, draft, values: draft.values(visit.words), seen: Self.version(chart.episode),
                faults: []))
    }

    func send() async throws -> Response {
        guard chart.episode.evaluation != nil else { throw Failure.refused("plan_needs_evaluation") }
        guard let draft = PlanDraft(visit.site.pathway, chart.episode, phase: visit.form["phase"]) else {
            throw Failure.badForm
        }
        let values = ChartForms.Values(visit.form)
        let seen = values["seen"]
        let reading = PlanReading(values, draft, visit)
        func again(_ faults: [ChartForms.Fault]) throws -> Response {
            // Somebody else's plan must be looked at before anything typed here can be mended.
            guard seen == Self.version(chart.episode) else { throw Failure.changedMeanwhile }
            return try visit.page(
                PlanEditPage(visit, chart, draft, values: values, seen: seen, faults: faults),
                status: .unprocessableContent)
        }
        guard reading.faults.isEmpty else { return try again(reading.faults) }
        let plan = reading.plan
        do {
            return try await chart.write(visit, "planned") { episode in
                guard seen == Self.version(episode) else { throw Failure.changedMeanwhile }
                guard var before = episode.plan else { return [.planWritten(plan)] }
                before.reason = plan.reason
                guard before != plan else { throw Unchanged() }
                return [.planChanged(plan)]
            }
        } catch is Unchanged {
            return try again([.init(field: "exercises", text: visit.words["plan.fault.unchanged"])])
        }
    }

    /// Names the plan that was seen: the entry that wrote it.
    private static func version(_ episode: Episode) -> String { episode.plans.last?.entry.rawValue ?? "none" }
}
