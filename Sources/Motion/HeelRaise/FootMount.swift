// SPDX-License-Identifier: Apache-2.0

/// How the phone lies on the foot, which is the same before and after a hole in the recording.
///
/// So the flat foot's direction and the sensor's rest are known from before. A stretch in which the foot is never
/// still begins where every test begins: with the foot flat.
struct FootMount {
    /// deg/s, root mean square: slower is still.
    static let still = 6.0
    /// Seconds at the front of a stretch that show which way is up if the foot is never still in it.
    static let front = 0.15

    /// What the gyroscope shows at rest, deg/s; and the length of gravity, m/s², if it was ever at rest.
    var bias = Vector.zero
    var gravity: Double?
    var flat: Vector?

    /// The tilts in the stretches of one recording.
    static func tilts(_ stretches: [EvenRecording]) throws(SignalError) -> [FootTilt] {
        guard stretches.count > 1 else { return [FootTilt(try Upright(stretches[0]))] }
        var mount = FootMount()
        for stretch in stretches where mount.gravity == nil {
            guard let still = stillMoment(in: stretch) else { continue }
            mount.bias = still.bias
            mount.gravity = still.gravity
        }
        var tilts: [FootTilt] = []
        for stretch in stretches {
            let tilt = try mount.tilt(stretch)
            mount.flat = mount.flat ?? tilt.flatUp[0]
            tilts.append(tilt)
        }
        return tilts
    }

    /// The tilt in a stretch that need not begin at rest.
    @inline(never)
    func tilt(_ stretch: EvenRecording) throws(SignalError) -> FootTilt {
        if let still = Self.stillMoment(in: stretch) {
            return FootTilt(try Upright(stretch, still: still), flat: flat)
        }
        let samples = 0..<min(Int(Self.front * EvenRecording.rate), stretch.count)
        guard var front = StillMoment(samples: samples, in: stretch) else { throw .noRotation }
        front.bias = bias
        front.gravity = gravity ?? front.gravity
        return FootTilt(try Upright(stretch, still: front), flat: flat ?? front.up)
    }

    private static func stillMoment(in stretch: EvenRecording) -> StillMoment? {
        guard let moment = StillMoment(in: stretch), let rotation = stretch.rotation else { return nil }
        var sum = 0.0
        for index in moment.samples {
            let turn = rotation[index] - moment.bias
            sum += turn.dot(turn)
        }
        return sum < still * still * Double(moment.samples.count) ? moment : nil
    }
}
