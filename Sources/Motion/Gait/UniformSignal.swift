// SPDX-License-Identifier: Apache-2.0

/// A recording on an even grid of 100 samples a second.
struct UniformSignal: Hashable, Sendable {
    /// Samples per second; every method below was made and tuned at this rate.
    static let rate = 100.0

    /// The time of the first sample in seconds, on the recording's own clock.
    var start: Double
    var acceleration: Axes
    var rotation: Axes?

    var count: Int { acceleration.count }

    /// The time of a sample, which may lie between two.
    func time(_ index: Double) -> Double { start + index / Self.rate }

    /// The part between two samples, half-open.
    func part(_ range: Range<Int>) -> UniformSignal {
        UniformSignal(
            start: time(Double(range.lowerBound)), acceleration: acceleration.part(range),
            rotation: rotation?.part(range))
    }
}

extension Axes {
    /// One quantity of each sample.
    @inline(__always)
    init(_ samples: ArraySlice<MotionSample>, _ quantity: (MotionSample) -> Vector) {
        let first = samples.startIndex
        self.init(
            x: list(samples.count) { quantity(samples[first + $0]).x },
            y: list(samples.count) { quantity(samples[first + $0]).y },
            z: list(samples.count) { quantity(samples[first + $0]).z })
    }

    mutating func removeFirst(_ number: Int) {
        x.removeFirst(number)
        y.removeFirst(number)
        z.removeFirst(number)
    }

    var mean: Vector {
        guard count > 0 else { return .zero }
        return Vector(x.reduce(0, +), y.reduce(0, +), z.reduce(0, +)) / Double(count)
    }
}

extension Vector {
    /// The point a part of the way to another.
    func towards(_ other: Vector, _ part: Double) -> Vector { self + (other - self) * part }
}

/// Puts samples that come at uneven times on the even grid.
///
/// Each grid sample is the mean over its interval of the straight lines between the samples that came, so that
/// what is summed later, as speed from acceleration, stays right at any rate. The grid begins at the first
/// sample. It keeps one sample: a stream and a whole recording give the same grid, bit for bit.
struct GridSampler: Hashable, Sendable {
    private var last: MotionSample?
    private var first = 0.0
    private var made = 0
    /// Sums over the part of the present interval that has been seen, and how long it is.
    private var acceleration = Vector.zero
    private var rotation = Vector.zero
    private var seen = 0.0

    /// Takes a sample and hands on the grid samples that are complete with it.
    mutating func append(_ sample: MotionSample, to grid: inout [MotionSample]) {
        guard let before = last else {
            first = sample.time
            last = sample
            return
        }
        var from = before.time
        while from < sample.time {
            let border = first + (Double(made) + 0.5) / UniformSignal.rate
            let to = min(border, sample.time)
            let part = ((from + to) / 2 - before.time) / (sample.time - before.time)
            let span = to - from
            acceleration += before.acceleration.towards(sample.acceleration, part) * span
            if let a = before.rotation, let b = sample.rotation { rotation += a.towards(b, part) * span }
            seen += span
            from = to
            guard to == border, seen > 0 else { continue }
            grid.append(
                MotionSample(
                    time: first + Double(made) / UniformSignal.rate, acceleration: acceleration / seen,
                    rotation: sample.rotation == nil ? nil : rotation / seen))
            (acceleration, rotation, seen) = (.zero, .zero, 0)
            made += 1
        }
        last = sample
    }
}
