// SPDX-License-Identifier: Apache-2.0
public import Motion

/// Recordings that no analysis may crash on.
public enum Hostile: String, CaseIterable, Sendable {
    case empty, oneSample, nan, infinite, constant, backwards, reversed, sameInstant, tooFast, tenHertz
    case spikes, noRotation, halfMinuteHole, longTail, hugeNumbers, twoSeconds

    /// The error that each analysis throws, where there is one for all of them.
    public var error: SignalError? {
        switch self {
        case .empty, .oneSample: .tooShort(neededSeconds: 1, gotSeconds: 0)
        case .nan, .infinite: .notFinite(sample: 100)
        case .constant: .constant
        case .backwards: .timeNotAscending(sample: 100)
        case .reversed: .timeNotAscending(sample: 3)
        case .sameInstant: .timeNotAscending(sample: 599)
        case .tooFast: .rate(hertz: 2000, least: 25, most: 1100)
        case .tenHertz: .rate(hertz: 12.5, least: 25, most: 1100)
        default: nil
        }
    }

    public var recording: Recording {
        var count = 600
        var rate = 60.0
        switch self {
        case .empty: count = 0
        case .oneSample: count = 1
        case .tooFast: (count, rate) = (20_000, 2000)
        case .tenHertz: rate = 12.5
        case .twoSeconds: count = 120
        default: break
        }
        var chance = SeededGenerator(seed: 1)
        var time: [Double] = []
        var force = Axes()
        var turn = Axes()
        for index in 0..<count {
            time.append(Double(index) / rate)
            force.append(Vector(0.1 * chance.normal(), 0.1 * chance.normal(), 9.8 + 0.1 * chance.normal()))
            turn.append(Vector(chance.normal(), chance.normal(), chance.normal()))
        }
        switch self {
        case .nan: force[100] = Vector(.nan, 0, 0)
        case .infinite: turn[100] = Vector(0, .infinity, 0)
        case .constant:
            for index in 0..<count { (force[index], turn[index]) = (Vector(0, 0, 9.8), .zero) }
        case .backwards: time[100] -= 0.2
        case .reversed: time.reverse()
        case .sameInstant: for index in 0..<count { time[index] = 5 }
        case .spikes:
            for index in 0..<(count / 7) { force[index * 7] = Vector(245, -245, 245) }
        case .halfMinuteHole: for index in 300..<count { time[index] += 30 }
        case .longTail: time[count - 1] += 1e6
        case .hugeNumbers:
            for index in 0..<count {
                (force[index], turn[index]) = (force[index] * 1e300, turn[index] * 1e300)
            }
        default: break
        }
        return Recording(time: time, acceleration: force, rotation: self == .noRotation ? nil : turn)
    }
}
