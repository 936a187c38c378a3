// SPDX-License-Identifier: Apache-2.0

/// The ankle's range: pumps and circles counted and measured, or the knee-to-wall angle.
public struct AnkleTest: Hashable, Sendable {
    public var task: AnkleTask

    public init(task: AnkleTask) { self.task = task }

    /// Measures the ankle.
    ///
    /// - Parameter recording: On the foot, with a gyroscope; for a lunge on the front of the shin.
    /// - Returns: The cycles in order, and their mean.
    /// - Throws: Why the recording gives no measure.
    public func result(of recording: Recording) throws(SignalError) -> AnkleResult {
        let (stretches, quality) = try PhoneClock().even(recording)
        switch task {
        case .pumps:
            var cycles: [AnkleCycle] = []
            for stretch in stretches { cycles += AnklePumps(try Upright(stretch)).cycles }
            return result(cycles, .anklePumps, quality)
        case .circles:
            var cycles: [AnkleCycle] = []
            for stretch in stretches { cycles += AnkleCircles(try Upright(stretch)).cycles }
            return result(cycles, .ankleCircles, quality)
        case .lunge:
            let lunges = KneeToWall(stretches)
            var result = result(lunges.cycles, .ankleLunge, quality)
            result.isAlongShin = lunges.isAlongShin
            if lunges.cycles.isEmpty { result.angleDegrees = Reading(lunges.pose, orMissing: .notFound) }
            return result
        }
    }

    private func result(_ cycles: [AnkleCycle], _ method: Method, _ quality: Quality) -> AnkleResult {
        let ranges = cycles.map { $0.rangeDegrees }
        return AnkleResult(
            method: method, task: task, quality: quality, cycles: cycles,
            angleDegrees: Reading(Statistics.mean(ranges), orMissing: .tooFew(needed: 1, got: 0)),
            spreadDegrees: Reading(
                Statistics.standardDeviation(ranges), orMissing: .tooFew(needed: 2, got: ranges.count)))
    }
}
