// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Says what stands in a chart as the clinic's staff read it: dates, spans, doses, answers, values.
struct ChartWording: Sendable {
    let words: Words
    let medicine: Words
    let pathway: Pathway
    let moment: Moment

    init(_ visit: Visit) {
        words = visit.words
        medicine = visit.medicine
        pathway = visit.site.pathway
        moment = visit.moment
    }

    /// A small number as a word at the beginning of a sentence.
    func spelled(_ count: Int) -> String {
        let numbers = words.lines("board.numbers")
        return numbers.indices.contains(count) ? numbers[count] : "\(count)"
    }
}

// MARK: Time
extension ChartWording {
    /// Such as "Nov 22", with the year where it is another one.
    func day(_ day: Day) -> String {
        day.year == moment.today.year ? day.short(words) : day.dated(words)
    }

    /// Such as "Nov 22, 8:12 am", or "Today, 8:12 am" where it begins a line.
    func when(_ instant: Date, isFirst: Bool = false) -> String {
        let day = moment.day(of: instant)
        let name = day == moment.today ? words[isFirst ? "chart.today_first" : "chart.today"] : self.day(day)
        return words("date.stamp", ["day": name, "clock": moment.clock(instant, words)])
    }

    func date(_ instant: Date) -> String { day(moment.day(of: instant)) }

    /// For a `datetime` attribute.
    func machine(_ instant: Date) -> String { instant.formatted(.iso8601) }

    /// Such as "48 min", "5 h" or "3 d"; never rounded up, never nothing.
    func span(_ seconds: TimeInterval) -> String {
        let minutes = max(1, Int(seconds / 60))
        if minutes < 120 { return words("chart.span.min", ["n": "\(minutes)"]) }
        if minutes < 48 * 60 { return words("chart.span.h", ["n": "\(minutes / 60)"]) }
        return words("chart.span.d", ["n": "\(minutes / 1440)"])
    }

    func age(born: Day?, on today: Day) -> String? {
        guard let born else { return nil }
        let hadBirthday = (today.month, today.day) >= (born.month, born.day)
        return words("chart.years", ["n": "\(today.year - born.year - (hadBirthday ? 0 : 1))"])
    }
}

// MARK: Who and where in the programme
extension ChartWording {
    func phaseNumber(_ id: Phase.ID?) -> String {
        id.flatMap { pathway.phase($0) }.map { "\($0.number)" } ?? ""
    }

    func phaseName(_ id: Phase.ID) -> String { medicine["phase.\(id).name"] }

    func phase(_ id: Phase.ID) -> String {
        words("chart.phase", ["number": phaseNumber(id), "name": phaseName(id)])
    }

    func side(_ side: Side) -> String { words["chart.side.\(side.rawValue)"] }

    func rule(_ id: String) -> String { medicine["rule.\(id)"] }

    /// Such as "left, grade II, day 14".
    func about(side: Side?, grade: Grade?, injuredOn: Day?, on today: Day) -> String {
        [
            side.map(self.side), grade.map { words("chart.grade", ["grade": $0.rawValue]) },
            injuredOn.map { words("chart.day_since", ["n": "\(max(0, today.number - $0.number))"]) }
        ].compactMap { $0 }.joined(separator: ", ")
    }

    func about(_ chart: ChartSummary, on today: Day) -> String {
        about(side: chart.side, grade: chart.grade, injuredOn: chart.injuredOn, on: today)
    }

    /// Why a version of the plan was written: the engine's reasons have names, a therapist's are text.
    func planReason(_ reason: String) -> String {
        let key = "chart.plan_reason.\(reason)"
        return words.has(key) ? words[key] : reason
    }
}
