// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// What the evaluation's fields hold before anybody types: what the person or the last evaluation has said.
///
/// What changes from day to day is taken over from the symptom check for the first evaluation, and later only from a
/// check-in of the last two days: an old "no" must not be signed as today's. Numbers are never taken over; the last
/// ones stand beside their fields.
struct EvaluatePrefill: Sendable {
    let values: ChartForms.Values
    /// Where it comes from, for the reader; nil where all is empty.
    let origin: String?

    private static let freshDays = 2

    init(_ chart: ChartForms.Opened, _ visit: Visit) {
        var values = ChartForms.Values()
        for (id, answer) in Self.answers(chart.episode, visit).values where answer != .word("unsure") {
            switch answer {
            case .word(let word): values[id.rawValue] = word
            case .number(let number):
                if abs(number) < 1e6 { values[id.rawValue] = number.plain }
            }
        }
        let person = chart.patient.account
        if let born = person.born, let age = Self.years(from: born, to: visit.moment.today) {
            values["age_years"] = String(age)
        }
        if let sex = person.sex, values["sex"].isEmpty { values["sex"] = sex.rawValue }
        if let day = Self.injuredOn(chart.episode, visit) { values["injured_on"] = day.description }
        self.values = values
        origin = Self.origin(chart.episode, visit)
    }

    private static func answers(_ episode: Episode, _ visit: Visit) -> Answers {
        let screened = episode.screened?.content.answers ?? Answers()
        guard let last = episode.evaluation?.answers else { return screened }
        let vocabulary = visit.site.pathway.vocabulary
        var answers = Answers()
        for (id, answer) in screened.updated(with: last).values
        where vocabulary.finding(id)?.asked.contains(.checkIn) == false { answers[id] = answer }
        guard let checkIn = episode.checkIns.last,
            visit.moment.today.number - visit.moment.day(of: checkIn.at).number <= freshDays
        else { return answers }
        return answers.updated(with: checkIn.content.answers)
    }

    private static func injuredOn(_ episode: Episode, _ visit: Visit) -> Day? {
        if let day = episode.evaluation?.injuredOn { return day }
        guard let screened = episode.screened, let days = screened.content.answers.number("onset_days"),
            days < 3650
        else { return nil }
        return visit.moment.day(of: screened.at).advanced(by: -Int(days.rounded()))
    }

    private static func years(from born: Day, to today: Day) -> Int? {
        let hasHadBirthday = (today.month, today.day) >= (born.month, born.day)
        let years = today.year - born.year - (hasHadBirthday ? 0 : 1)
        return (0...120).contains(years) ? years : nil
    }

    private static func origin(_ episode: Episode, _ visit: Visit) -> String? {
        if let last = episode.evaluations.last {
            return visit.words(
                "evaluate.from_evaluation", ["day": visit.moment.day(of: last.at).dated(visit.words)])
        }
        guard let screened = episode.screened else { return nil }
        return visit.words(
            "evaluate.from_check", ["day": visit.moment.day(of: screened.at).dated(visit.words)])
    }
}
