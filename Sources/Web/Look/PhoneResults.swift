// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The newest value of each thing that a phone measured, and what became of it since the time before.
struct PhoneResults: Sendable {
    struct Row: Sendable {
        let measure: String
        let measuredOn: String
        let value: String
        /// What measuring alone can differ by, or that nobody has published it.
        let spread: String
        let change: String
        let norm: String?
        let href: String
    }

    let rows: [Row]
    let hasRows: Bool

    /// - Parameters:
    ///   - episode: The chart.
    ///   - path: Where a trial's own page is, without the entry: `/lab/result/`.
    ///   - visit: Whose words and day it is said in.
    init(_ episode: Episode, path: String, _ visit: Visit) {
        let text = LabValueText(visit)
        var seen: Set<FactID> = []
        var rows: [Row] = []
        for measured in episode.measurements.reversed() {
            for result in measured.content.results where seen.insert(result.fact).inserted {
                let shown = LabResult(result, in: measured, episode, visit, namesLeg: true)
                rows.append(
                    Row(
                        measure: shown.measure,
                        measuredOn: visit.moment.day(of: measured.at).short(visit.words), value: shown.value,
                        spread: Self.spread(result, text, visit.words),
                        change: shown.change ?? visit.words["phone.first"], norm: shown.norm,
                        href: "\(path)\(measured.entry)"))
            }
        }
        self.rows = rows
        hasRows = !rows.isEmpty
    }

    private static func spread(_ result: MeasuredValue, _ text: LabValueText, _ words: Words) -> String {
        if let change = result.detectableChange {
            return words("phone.spread", ["value": text.value(change.value, change.unit)])
        }
        if let error = result.error {
            return words("phone.error", ["value": text.value(error.value, error.unit)])
        }
        return words["phone.no_error"]
    }
}
