// SPDX-License-Identifier: Apache-2.0

/// The signals of a walk along the body's own directions, at ``UniformSignal/rate``.
struct BodyMotion: Hashable, Sendable {
    var frame: BodyFrame
    /// m/s², without gravity and drift: up, forward, to the right.
    var vertical: [Double]
    var forward: [Double]
    var lateral: [Double]
    /// deg/s: about up, about forward, about the right; zeros without a gyroscope.
    var yaw: [Double]
    var roll: [Double]
    var pitch: [Double]
    var hasRotation: Bool

    var count: Int { vertical.count }

    init(_ signal: SmoothedSignal, frame: BodyFrame) {
        self.frame = frame
        vertical = signal.acceleration.along(frame.up)
        forward = signal.acceleration.along(frame.forward)
        lateral = signal.acceleration.along(frame.right)
        if let rotation = signal.rotation {
            yaw = rotation.along(frame.up)
            roll = rotation.along(frame.forward)
            pitch = rotation.along(frame.right)
            hasRotation = true
        } else {
            yaw = [Double](repeating: 0, count: vertical.count)
            roll = yaw
            pitch = yaw
            hasRotation = false
        }
    }

    /// The same motion for a body that faces `angle` radians further to the left.
    func facing(_ angle: Double) -> BodyMotion {
        let (sine, cosine) = (Math.sin(angle), Math.cos(angle))
        var turned = self
        turned.forward = list(count) { cosine * forward[$0] - sine * lateral[$0] }
        turned.lateral = list(count) { cosine * lateral[$0] + sine * forward[$0] }
        turned.roll = list(count) { cosine * roll[$0] - sine * pitch[$0] }
        turned.pitch = list(count) { cosine * pitch[$0] + sine * roll[$0] }
        turned.frame.forward = frame.forward * cosine - frame.right * sine
        return turned
    }
}

/// A stretch without gravity, drift and what is faster than walking, still in the sensor's own axes.
///
/// Filters and turning change places freely, so that one filtering serves every frame that is tried.
struct SmoothedSignal: Hashable, Sendable {
    var original: UniformSignal
    var acceleration: Axes
    var rotation: Axes?

    init(_ signal: UniformSignal) {
        let rate = UniformSignal.rate
        let high = Butterworth.highPass(order: 1, cutoff: 0.3, rate: rate)
        let low = Butterworth.lowPass(order: 2, cutoff: 10, rate: rate)
        func smooth(_ axes: Axes) -> Axes {
            axes.filtered(high).filtered(low)
        }
        original = signal
        acceleration = smooth(signal.acceleration)
        rotation = signal.rotation.map(smooth)
    }

    private init(original: UniformSignal, acceleration: Axes, rotation: Axes?) {
        self.original = original
        self.acceleration = acceleration
        self.rotation = rotation
    }

    var count: Int { original.count }

    /// The part between two samples, half-open.
    func part(_ range: Range<Int>) -> SmoothedSignal {
        if range == 0..<count { return self }
        return SmoothedSignal(
            original: original.part(range), acceleration: acceleration.part(range),
            rotation: rotation?.part(range))
    }
}
