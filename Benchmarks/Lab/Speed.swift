// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion

/// Native throughput beside the memory bandwidth of the same run.
enum Speed {
    static func seconds(_ body: () -> Void) -> Double {
        let clock = ContinuousClock()
        var best = Double.infinity
        for _ in 0..<3 {
            let parts = clock.measure(body).components
            best = min(best, Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
        }
        return best
    }

    static func printAll() {
        // 64 MB read and written: more than the caches hold.
        var numbers = [Double](repeating: 1, count: 8_000_000)
        let copying = seconds { for index in numbers.indices { numbers[index] = numbers[index] * 0.5 + 1 } }
        print(
            "memory: \((Double(numbers.count) * 16 / copying / 1e9).rounded(to: 10)) GB/s, read and written")
        var raises = Raises()
        raises.count = 290
        for (name, placement, movement) in [
            ("heel raise, foot", Placement.foot, raises.foot), ("heel raise, shin", .shin, raises.body)
        ] {
            let recording = PhoneSimulation().record(movement, seed: 1)
            var counted = 0
            let afterwards = seconds {
                counted = (try? HeelRaiseTest(placement: placement).result(of: recording))?.count ?? 0
            }
            print("\(name), afterwards: \(rate(recording.count, afterwards)) samples/s (\(counted) counted)")
            let live = seconds {
                var live = LiveHeelRaise(HeelRaiseTest(placement: placement))
                for index in 0..<recording.count {
                    live.append(
                        time: recording.time[index], force: recording.acceleration[index],
                        turn: recording.rotation?[index] ?? .zero)
                }
                counted = live.count
            }
            let part = live / Double(recording.count) * 60 * 100
            print(
                "\(name), live: \(rate(recording.count, live)) samples/s, \(part.rounded(to: 100)) % of a 60 Hz frame "
                    + "(\(counted) counted)")
        }
        fourHours()
    }

    private static func fourHours() {
        var raises = Raises()
        raises.count = 7200 - 3
        let recording = PhoneSimulation().record(raises.body, seed: 2)
        var counted = 0
        let spent = seconds {
            counted = (try? HeelRaiseTest(placement: .waist).result(of: recording))?.count ?? -1
        }
        print(
            "four hours (\(recording.count) samples): \(spent.rounded(to: 100)) s, \(counted) of \(raises.count) counted"
        )
    }

    private static func rate(_ samples: Int, _ seconds: Double) -> Int { Int(Double(samples) / seconds) }
}
