// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// One version of the plan: who, when, why, and what changed against the one before.
struct ChartPlanVersion: Sendable {
    let version: String
    let isCurrent: Bool
    let planWhen: String
    let planWho: String
    let planWhy: String
    let changes: [String]
    let doses: [ChartFactLine]

    /// Newest first.
    static func all(of chart: OpenChart, _ wording: ChartWording) -> [ChartPlanVersion] {
        let plans = chart.episode.plans
        return plans.indices.reversed().map { index in
            let dated = plans[index]
            let plan = dated.content
            let before = index > 0 ? plans[index - 1].content : nil
            return ChartPlanVersion(
                version: wording.words("chart.plan.version", ["n": "\(index + 1)"]),
                isCurrent: index == plans.count - 1, planWhen: wording.when(dated.at, isFirst: true),
                planWho: chart.who(dated.author, wording.words), planWhy: wording.planReason(plan.reason),
                changes: before.map { wording.changes(from: $0, to: plan) } ?? [wording.phase(plan.phase)],
                doses: plan.prescriptions.map {
                    ChartFactLine(
                        label: wording.exercise($0.exercise), value: wording.dose($0.dose(step: plan.step)))
                })
        }
    }
}

extension ChartWording {
    /// What is different in a later plan, one sentence each.
    func changes(from old: Plan, to new: Plan) -> [String] {
        var changes: [String] = []
        if old.phase != new.phase {
            // Another phase has other exercises; naming each would say less than the list itself.
            changes.append(words("chart.plan.phase", ["from": phase(old.phase), "to": phase(new.phase)]))
            return changes + limitChanges(old, new)
        }
        let before = Dictionary(old.prescriptions.map { ($0.exercise, $0) }) { first, _ in first }
        let after = Set(new.prescriptions.map(\.exercise))
        for prescription in new.prescriptions {
            let name = exercise(prescription.exercise)
            guard let earlier = before[prescription.exercise] else {
                changes.append(words("chart.plan.added", ["exercise": name]))
                continue
            }
            let doses = (earlier.dose(step: old.step), prescription.dose(step: new.step))
            if doses.0 != doses.1 {
                changes.append(
                    words("chart.plan.dose", ["exercise": name, "from": dose(doses.0), "to": dose(doses.1)]))
            } else if earlier.ladder != prescription.ladder {
                changes.append(words("chart.plan.ladder", ["exercise": name]))
            }
        }
        for prescription in old.prescriptions where !after.contains(prescription.exercise) {
            changes.append(words("chart.plan.removed", ["exercise": exercise(prescription.exercise)]))
        }
        changes += limitChanges(old, new)
        return changes.isEmpty ? [words["chart.plan.same"]] : changes
    }

    private func limitChanges(_ old: Plan, _ new: Plan) -> [String] {
        var changes: [String] = []
        if old.painCeilingNRS != new.painCeilingNRS {
            changes.append(
                words("chart.plan.ceiling", ["from": "\(old.painCeilingNRS)", "to": "\(new.painCeilingNRS)"]))
        }
        let criteria = pathway.phases.flatMap(\.exit) + pathway.exercises.flatMap(\.needs)
        for id in Set(old.limits.keys).union(new.limits.keys).sorted(by: { $0.rawValue < $1.rawValue })
        where old.limits[id] != new.limits[id] {
            guard let criterion = criteria.first(where: { $0.id == id }) else { continue }
            changes.append(
                words(
                    "chart.plan.limit", ["criterion": criterion.adjusted(to: new.limits[id]).text(medicine)]))
        }
        return changes
    }
}
