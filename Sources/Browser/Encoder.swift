// SPDX-License-Identifier: Apache-2.0
public import Motion

/// Writes results as a row of numbers, which is all that crosses to JavaScript.
///
/// `motion.js` reads the same order. A missing value is NaN, followed by the number of its reason.
public struct Encoder {
    public private(set) var values: [Double] = []

    public init() {}

    @inline(never) mutating func write(_ value: Double) { values.append(value.isNaN ? .nan : value) }
    @inline(never) mutating func write(_ value: Int) { values.append(Double(value)) }
    mutating func write(_ value: Bool) { values.append(value ? 1 : 0) }

    @inline(never) mutating func write(_ reading: Reading) {
        switch reading {
        case .value(let value):
            write(value)
            write(0)
        case .missing(let missing):
            write(Double.nan)
            write(Self.code(missing))
        }
    }

    /// Which of its kind a value is, in the order of the source.
    mutating func write<Case: CaseIterable & Equatable>(_ value: Case) {
        var index = 0
        for each in Case.allCases {
            if each == value { break }
            index += 1
        }
        write(index)
    }

    private static func code(_ missing: Missing) -> Int {
        switch missing {
        case .noMass: 1
        case .noFootLength: 2
        case .noHeight: 3
        case .noRotation: 4
        case .tooFew: 5
        case .notAtThisPlacement: 6
        case .tooStill: 7
        case .gap: 8
        case .notFound: 9
        }
    }

    mutating func write(_ quality: Quality) {
        write(quality.rate)
        write(quality.samples)
        write(quality.stampTrust)
        write(quality.accelerationStep)
        write(quality.hasRotation)
        write(quality.gaps.count)
        for gap in quality.gaps {
            write(gap.start)
            write(gap.end)
        }
    }

    /// An error's number, and its facts.
    public mutating func write(_ error: SignalError) {
        switch error {
        case .tooShort(let needed, let got):
            write(1)
            write(needed)
            write(got)
        case .notFinite(let sample):
            write(2)
            write(sample)
        case .timeNotAscending(let sample):
            write(3)
            write(sample)
        case .constant: write(4)
        case .rate(let hertz, let least, let most):
            write(5)
            write(hertz)
            write(least)
            write(most)
        case .noRotation: write(6)
        }
    }
}
