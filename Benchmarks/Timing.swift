// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// How long each of many runs of one thing took.
struct Timing: Sendable {
    /// In milliseconds.
    private var times: [Double] = []
    /// From the first run's start to the last one's end, in seconds.
    private var seconds = 0.0

    var perSecond: Double { Double(times.count) / seconds }
    var median: Double { percentile(50) }
    var p99: Double { percentile(99) }

    private func percentile(_ part: Int) -> Double {
        times.isEmpty ? .nan : times.sorted()[min(times.count * part / 100, times.count - 1)]
    }

    static func += (left: inout Timing, right: Timing) {
        left.times += right.times
        left.seconds += right.seconds
    }

    /// Runs `body` so many times, by so many clients at once, each of which begins when its last run is done.
    static func measure(_ runs: Int, clients: Int, _ body: @escaping @Sendable (Int) async throws -> Void)
        async throws -> Timing
    {
        let clock = ContinuousClock()
        let start = clock.now
        var timing = Timing()
        timing.times = try await withThrowingTaskGroup(of: [Double].self) { group in
            for client in 0..<clients {
                group.addTask {
                    var times: [Double] = []
                    for number in stride(from: client, to: runs, by: clients) {
                        let start = clock.now
                        try await body(number)
                        times.append((clock.now - start) / .milliseconds(1))
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        timing.seconds = (clock.now - start) / .seconds(1)
        return timing
    }

    /// Runs what needs nobody else.
    static func measure(_ runs: Int, _ body: () -> Void) -> Timing {
        let clock = ContinuousClock()
        var timing = Timing()
        timing.times = (0..<runs).map { _ in clock.measure(body) / .milliseconds(1) }
        timing.seconds = timing.times.reduce(0, +) / 1000
        return timing
    }
}

extension Timing: Encodable {
    private enum CodingKeys: String, CodingKey {
        case runs, median = "median_ms", p99 = "p99_ms", perSecond = "per_s"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(times.count, forKey: .runs)
        try container.encode(median, forKey: .median)
        try container.encode(p99, forKey: .p99)
        try container.encode(perSecond, forKey: .perSecond)
    }
}

/// Numbers from 0, each given once.
final class Cursor: Sendable {
    private let number = Atomic(0)

    func next() -> Int { number.wrappingAdd(1, ordering: .relaxed).oldValue }
}
