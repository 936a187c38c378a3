// SPDX-License-Identifier: Apache-2.0

/// One second-order section of a digital filter, in transposed direct form II.
///
/// A first-order section has `b2` and `a2` of zero. The state is part of the value, so that a section can
/// take a signal sample by sample, as it comes.
public struct FilterSection: Hashable, Sendable {
    let b0: Double
    let b1: Double
    let b2: Double
    let a1: Double
    let a2: Double
    private var s1 = 0.0
    private var s2 = 0.0

    init(b0: Double, b1: Double, b2: Double, a1: Double, a2: Double) {
        self.b0 = b0
        self.b1 = b1
        self.b2 = b2
        self.a1 = a1
        self.a2 = a2
    }

    /// Sets the state to what it would be after `value` for ever.
    mutating func settle(on value: Double) -> Double {
        let gain = (b0 + b1 + b2) / (1 + a1 + a2)
        let output = gain * value
        s2 = b2 * value - a2 * output
        s1 = b1 * value - a1 * output + s2
        return output
    }

    mutating func next(_ value: Double) -> Double {
        let output = b0 * value + s1
        s1 = b1 * value - a1 * output + s2
        s2 = b2 * value - a2 * output
        return output
    }
}

/// A Butterworth filter, designed by the bilinear transform with the corner frequencies prewarped.
///
/// Source: Oppenheim and Schafer, Discrete-Time Signal Processing, 7.1; same coefficients as SciPy's `butter`.
public struct Butterworth: Hashable, Sendable {
    private var sections: [FilterSection]

    /// Passes what is slower than `cutoff`.
    ///
    /// - Parameters:
    ///   - order: 1 or more, of one pass.
    ///   - cutoff: Hz, below half of `rate`; there a sine comes through at 1/√2.
    ///   - rate: Samples per second.
    /// - Returns: The filter, at rest.
    public static func lowPass(order: Int, cutoff: Double, rate: Double) -> Butterworth {
        Butterworth(sections: sections(order: order, cutoff: cutoff, rate: rate, isHighPass: false))
    }

    /// Passes what is faster than `cutoff`; parameters as for ``lowPass(order:cutoff:rate:)``.
    public static func highPass(order: Int, cutoff: Double, rate: Double) -> Butterworth {
        Butterworth(sections: sections(order: order, cutoff: cutoff, rate: rate, isHighPass: true))
    }

    /// A high-pass and a low-pass one after the other, each of `order`.
    ///
    /// Not SciPy's band-pass transform; for bands wider than an octave the two differ little.
    public static func band(order: Int, from low: Double, to high: Double, rate: Double) -> Butterworth {
        Butterworth(
            sections: sections(order: order, cutoff: low, rate: rate, isHighPass: true)
                + sections(order: order, cutoff: high, rate: rate, isHighPass: false))
    }

    private static func sections(order: Int, cutoff: Double, rate: Double, isHighPass: Bool)
        -> [FilterSection]
    {
        precondition(order >= 1 && cutoff > 0 && cutoff < rate / 2, "no such filter")
        let k = Math.tan(Math.pi * cutoff / rate)
        var result: [FilterSection] = []
        for pair in 0..<(order / 2) {
            // The pair of poles at this angle from the imaginary axis.
            let damping = 2 * Math.sin(Math.pi * Double(2 * pair + 1) / Double(2 * order))
            let norm = 1 / (1 + damping * k + k * k)
            let a1 = 2 * (k * k - 1) * norm
            let a2 = (1 - damping * k + k * k) * norm
            let b0 = isHighPass ? norm : k * k * norm
            result.append(
                FilterSection(b0: b0, b1: isHighPass ? -2 * b0 : 2 * b0, b2: b0, a1: a1, a2: a2))
        }
        if order % 2 == 1 {
            let norm = 1 / (1 + k)
            let b0 = isHighPass ? norm : k * norm
            result.append(FilterSection(b0: b0, b1: isHighPass ? -b0 : b0, b2: 0, a1: (k - 1) * norm, a2: 0))
        }
        return result
    }

    /// Filters one more sample; delayed, for use while the recording runs.
    public mutating func next(_ value: Double) -> Double {
        var value = value
        for index in sections.indices { value = sections[index].next(value) }
        return value
    }

    /// Sets the state to what it would be after `value` for ever, so that a signal starts without a jump.
    public mutating func settle(on value: Double) {
        var value = value
        for index in sections.indices { value = sections[index].settle(on: value) }
    }

    /// The signal filtered forwards and backwards: no delay, twice the order.
    ///
    /// The ends are continued by the signal turned about its end point, over as many samples as SciPy's
    /// `sosfiltfilt` takes, or what there is.
    public func zeroPhase(_ signal: [Double]) -> [Double] {
        guard signal.count > 1 else { return signal }
        var padded = padded(signal)
        for isBackwards in [false, true] {
            var filter = self
            filter.settle(on: isBackwards ? padded[padded.count - 1] : padded[0])
            filter.run(over: &padded, isBackwards: isBackwards)
        }
        return unpadded(padded, signal.count)
    }

    /// The same of three signals at once: the processor goes on with one while it waits for another.
    func zeroPhase(_ axes: Axes) -> Axes {
        guard axes.count > 1 else { return axes }
        var (x, y, z) = (padded(axes.x), padded(axes.y), padded(axes.z))
        for isBackwards in [false, true] {
            let start = isBackwards ? x.count - 1 : 0
            var filters = (self, self, self)
            filters.0.settle(on: x[start])
            filters.1.settle(on: y[start])
            filters.2.settle(on: z[start])
            for section in sections.indices {
                Self.run(
                    (filters.0.sections[section], filters.1.sections[section], filters.2.sections[section]),
                    over: &x, &y, &z, isBackwards: isBackwards)
            }
        }
        return Axes(x: unpadded(x, axes.count), y: unpadded(y, axes.count), z: unpadded(z, axes.count))
    }

    private func padding(_ count: Int) -> Int { min(3 * (2 * sections.count + 1), count - 1) }

    private func padded(_ signal: [Double]) -> [Double] {
        let pad = padding(signal.count)
        let (first, last) = (signal[0], signal[signal.count - 1])
        var padded: [Double] = []
        padded.reserveCapacity(signal.count + 2 * pad)
        for index in stride(from: pad, to: 0, by: -1) { padded.append(2 * first - signal[index]) }
        padded += signal
        for index in 1...pad { padded.append(2 * last - signal[signal.count - 1 - index]) }
        return padded
    }

    private func unpadded(_ padded: [Double], _ count: Int) -> [Double] {
        let pad = padding(count)
        return Array(padded[pad..<(pad + count)])
    }

    /// Filters a signal where it stands, by two sections at a time while there are two.
    private func run(over signal: inout [Double], isBackwards: Bool) {
        let step = isBackwards ? -1 : 1
        signal.withUnsafeMutableBufferPointer { signal in
            let start = isBackwards ? signal.count - 1 : 0
            for pair in stride(from: 0, to: sections.count, by: 2) {
                var at = start
                var first = sections[pair]
                guard pair + 1 < sections.count else {
                    for _ in 0..<signal.count {
                        signal[at] = first.next(signal[at])
                        at &+= step
                    }
                    return
                }
                var second = sections[pair + 1]
                for _ in 0..<signal.count {
                    signal[at] = second.next(first.next(signal[at]))
                    at &+= step
                }
            }
        }
    }

    /// Filters three signals of equal length where they stand.
    private static func run(
        _ sections: (FilterSection, FilterSection, FilterSection),
        over x: inout [Double], _ y: inout [Double], _ z: inout [Double], isBackwards: Bool
    ) {
        let step = isBackwards ? -1 : 1
        var at = isBackwards ? x.count - 1 : 0
        var (a, b, c) = sections
        x.withUnsafeMutableBufferPointer { x in
            y.withUnsafeMutableBufferPointer { y in
                z.withUnsafeMutableBufferPointer { z in
                    for _ in 0..<x.count {
                        x[at] = a.next(x[at])
                        y[at] = b.next(y[at])
                        z[at] = c.next(z[at])
                        at &+= step
                    }
                }
            }
        }
    }
}
