// SPDX-License-Identifier: Apache-2.0
import Motion

/// A sensor beside the acceleration, seen at the acceleration's time stamps.
struct SensorBeside {
    private(set) var feed: SensorFeed
    private var before: SensorSample?
    private var after: SensorSample?
    /// Readings so far.
    private(set) var count = 0
    /// Every time that was asked for was one of its own.
    private(set) var isExact = true

    init(_ feed: SensorFeed) { self.feed = feed }

    enum Answer {
        case value(Vector)
        /// It had not begun.
        case tooEarly
        /// It has ended.
        case ended
    }

    /// The reading at a time, on the straight line between two readings.
    ///
    /// - Parameter time: Seconds, later than at the last call.
    /// - Returns: The reading, or why there is none.
    /// - Throws: ``ReadingProblem`` of its table.
    mutating func value(at time: Double) throws(ReadingProblem) -> Answer {
        while true {
            if let after, after.time >= time {
                if after.time == time { return .value(after.value) }
                isExact = false
                guard let before else { return .tooEarly }
                let share = (time - before.time) / (after.time - before.time)
                return .value(before.value * (1 - share) + after.value * share)
            }
            guard let next = try feed.next() else {
                isExact = false
                return .ended
            }
            (before, after) = (after, next)
            count += 1
        }
    }

    /// Reads what is left.
    mutating func drain() throws(ReadingProblem) {
        while try feed.next() != nil { count += 1 }
    }
}
