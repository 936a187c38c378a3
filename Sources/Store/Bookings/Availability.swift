// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// When what could begin: a pure function of hours, changes to them, and what is taken already.
///
/// Starts lie on the clinic's clock, so many minutes after the door opens. An hour that the clock leaves out
/// has none, an hour that it shows twice has them twice. An appointment must end before the door closes; its
/// buffer need not.
package struct Availability: Sendable {
    package let rules: DiaryRules
    package var therapists: [Therapist]
    package var changes: [DiaryChange] = []
    /// By ``Claim`` resource: whole minutes since 1970, in order, without overlap.
    package var busy: [String: [Range<Int>]] = [:]

    package init(
        rules: DiaryRules, therapists: [Therapist], changes: [DiaryChange] = [],
        busy: [String: [Range<Int>]] = [:]
    ) {
        self.rules = rules
        self.therapists = therapists
        self.changes = changes
        self.busy = busy
    }

    /// A stretch in which somebody works, with the minute of the day that starts are counted from.
    private struct Stretch {
        var range: Range<Int>
        let grid: Int
    }

    private struct Start {
        let minute: Int
        let wall: Int
        let isDoubled: Bool
    }

    /// The free slots of a service, in the order of their starts and then of the therapists.
    ///
    /// - Parameters:
    ///   - service: What is to be booked.
    ///   - days: The clinic's days.
    ///   - earliest: Nothing begins before.
    ///   - also: Further resources that must be free while it lasts, such as the patient.
    /// - Returns: One slot for each therapist and start.
    package func slots(
        of service: Service, on days: ClosedRange<Day>, from earliest: Date, also: [String] = []
    ) -> [Slot] {
        let places = rules.places(for: service)
        if service.needs != nil, places.isEmpty { return [] }
        let first = Int((earliest.timeIntervalSince1970 / 60).rounded(.up))
        let able = therapists.filter { $0.offers(service) }
        var slots: [Slot] = []
        for number in days.lowerBound.number...days.upperBound.number {
            let day = Day(number: number)
            let clock = DayClock(day, zone: rules.zone)
            var starts: [Int: [Start]] = [:]
            var placeAt: [Int: String?] = [:]
            var ofDay: [Slot] = []
            for therapist in able {
                let taken = busy[Claim.therapist(therapist.id)] ?? []
                for stretch in stretches(of: therapist, on: day, clock) {
                    let grid = stretch.grid % rules.slotMinutes
                    let candidates = starts[grid] ?? self.starts(from: grid, clock)
                    starts[grid] = candidates
                    for start in candidates where start.minute >= first {
                        let end = start.minute + service.minutes
                        guard start.minute >= stretch.range.lowerBound, end <= stretch.range.upperBound else {
                            continue
                        }
                        let range = start.minute..<(end + service.bufferMinutes)
                        guard Self.isFree(range, taken),
                            also.allSatisfy({ Self.isFree(start.minute..<end, busy[$0] ?? []) })
                        else { continue }
                        let place = placeAt[start.minute] ?? freePlace(of: places, range)
                        placeAt[start.minute] = .some(place)
                        guard service.needs == nil || place != nil else { continue }
                        ofDay.append(
                            Slot(
                                starts: Claim.date(start.minute), ends: Claim.date(end),
                                wall: WallTime(day, minute: start.wall), isDoubled: start.isDoubled,
                                therapist: therapist.id, place: place))
                    }
                }
            }
            // Sorting is stable: of one start, the therapists stay in their order.
            slots += ofDay.sorted { $0.starts < $1.starts }
        }
        return slots
    }

    /// Whether the therapist works, by hours and changes, for as long as the service lasts.
    package func works(_ therapist: Therapist, from start: Date, for service: Service) -> Bool {
        let minute = Claim.minute(start)
        let day = Day(start, in: rules.zone)
        return stretches(of: therapist, on: day, DayClock(day, zone: rules.zone)).contains {
            $0.range.lowerBound <= minute && minute + service.minutes <= $0.range.upperBound
        }
    }

    /// When the therapist works on a day, in minutes since 1970.
    package func hours(of therapist: Therapist, on day: Day) -> [Range<Int>] {
        stretches(of: therapist, on: day, DayClock(day, zone: rules.zone)).map(\.range)
    }

    private func stretches(of therapist: Therapist, on day: Day, _ clock: DayClock) -> [Stretch] {
        let hours = therapist.profile?.hours ?? rules.hours
        var stretches: [Stretch] = []
        if !rules.holidays.contains(where: { $0.day == day }) {
            stretches = hours[Weekday(day)].compactMap { range in
                let from = clock.first(range.lowerBound)
                let to = clock.last(range.upperBound)
                return from < to ? Stretch(range: from..<to, grid: range.lowerBound) : nil
            }
        }
        let ours = changes.filter { $0.therapist == nil || $0.therapist == therapist.id }
        guard !ours.isEmpty else { return stretches }
        for change in ours where change.kind == .open {
            let wall = WallTime(change.starts, in: rules.zone)
            stretches.append(Stretch(range: change.minutes, grid: wall.minute))
        }
        stretches = Self.merged(stretches)
        // Closed wins over open: a door that somebody shut stays shut.
        for change in ours where change.kind != .open {
            stretches = stretches.flatMap { Self.cut(change.minutes, out: $0) }
        }
        return stretches
    }

    private static func merged(_ stretches: [Stretch]) -> [Stretch] {
        stretches.sorted { $0.range.lowerBound < $1.range.lowerBound }.reduce(into: []) { merged, next in
            if let last = merged.last, next.range.lowerBound <= last.range.upperBound {
                merged[merged.count - 1].range =
                    last.range.lowerBound..<max(last.range.upperBound, next.range.upperBound)
            } else {
                merged.append(next)
            }
        }
    }

    private static func cut(_ hole: Range<Int>, out stretch: Stretch) -> [Stretch] {
        let range = stretch.range
        guard hole.overlaps(range) else { return [stretch] }
        return [
            (range.lowerBound, hole.lowerBound), (hole.upperBound, range.upperBound)
        ].compactMap { $0 < $1 ? Stretch(range: $0..<$1, grid: stretch.grid) : nil }
    }

    private func starts(from grid: Int, _ clock: DayClock) -> [Start] {
        stride(from: grid, to: 1440, by: rules.slotMinutes).flatMap { wall -> [Start] in
            let minutes = clock.minutes(wall)
            return minutes.map { Start(minute: $0, wall: wall, isDoubled: minutes.count > 1) }
        }
    }

    private func freePlace(of places: [Resource], _ range: Range<Int>) -> String? {
        places.first { Self.isFree(range, busy[Claim.place($0.id)] ?? []) }?.id
    }

    /// Whether nothing of a list in order reaches into the range; touching ends do not.
    private static func isFree(_ range: Range<Int>, _ taken: [Range<Int>]) -> Bool {
        var (low, high) = (0, taken.count)
        while low < high {
            let middle = (low + high) / 2
            if taken[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low == taken.count || taken[low].lowerBound >= range.upperBound
    }
}

/// One day of a zone's clock, in whole minutes since 1970.
///
/// Zones have been whole minutes from GMT since 1972.
private struct DayClock {
    let day: Day
    let zone: TimeZone
    /// Minutes from GMT, on a day that the clock runs through as on any other.
    private let plainOffset: Int?

    init(_ day: Day, zone: TimeZone) {
        self.day = day
        self.zone = zone
        let midnight = Double(day.number) * 86_400
        let around = [-93_600, 86_400 + 93_600].map {
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: midnight + $0))
        }
        plainOffset = around[0] == around[1] ? around[0] / 60 : nil
    }

    /// When the clock shows so many minutes after midnight: never, once or twice.
    func minutes(_ wall: Int) -> [Int] {
        if let plainOffset { return [day.number * 1440 + wall - plainOffset] }
        return WallTime(day, minute: wall).instants(in: zone).map(Claim.minute)
    }

    /// When the clock shows it first, or what comes next where it leaves it out.
    func first(_ wall: Int) -> Int { near(wall) { $0.first } }

    /// When the clock shows it last, or what comes next where it leaves it out.
    func last(_ wall: Int) -> Int { near(wall) { $0.last } }

    private func near(_ wall: Int, _ pick: ([Int]) -> Int?) -> Int {
        if let minute = pick(minutes(wall)) { return minute }
        // No clock leaves out more than a day.
        for later in wall...(wall + 2880) {
            let time = WallTime(day.advanced(by: later / 1440), minute: later % 1440)
            if let instant = time.instants(in: zone).first { return Claim.minute(instant) }
        }
        return day.number * 1440 + wall
    }
}

extension DiaryChange {
    /// Whole minutes since 1970; a part of a minute counts as one.
    package var minutes: Range<Int> {
        let from = Int((starts.timeIntervalSince1970 / 60).rounded(.down))
        return from..<max(from + 1, Int((ends.timeIntervalSince1970 / 60).rounded(.up)))
    }
}
