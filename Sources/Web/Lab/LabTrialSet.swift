// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation

/// The trials of one leg on one day, the newest three: of balance a single one says little, their mean more.
struct LabTrialSet: Hashable, Sendable {
    static let wanted = 3
    /// Measures of which the mean counts; the others stand for themselves.
    private static let repeated = Set(
        ["single_leg_stance", "stance_sway", "single_leg_stance_closed", "stance_sway_closed"].flatMap {
            [FactID("\($0)_left"), FactID("\($0)_right")]
        })

    /// Oldest first, at least one.
    let values: [Double]
    var mean: Double { values.reduce(0, +) / Double(values.count) }
    /// How many are not done yet.
    var missing: Int { Self.wanted - values.count }

    /// The trials of a measure with its side, up to one trial and measured like it; `day` is the clinic's day of an
    /// instant.
    ///
    /// nil for a measure that stands for itself, and where no trial has it.
    init?(
        of fact: FactID, upTo trial: Episode.Dated<Measured>, in episode: Episode, day: (Date) -> Day
    ) {
        guard Self.repeated.contains(fact) else { return nil }
        let known = episode.measurements.filter { $0.at <= trial.at && $0.content.result(fact) != nil }
        guard let newest = known.last, let last = newest.content.result(fact) else { return nil }
        values = known.filter { day($0.at) == day(newest.at) }.compactMap { $0.content.result(fact) }
            .filter {
                $0.placement == last.placement && $0.method == last.method
                    && $0.methodVersion == last.methodVersion
            }.suffix(Self.wanted).map(\.value)
    }
}
