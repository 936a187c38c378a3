// SPDX-License-Identifier: Apache-2.0

extension WalkFindings {
    /// From one shin: contacts and strides, without lengths.
    ///
    /// Salarian and others 2004 (IEEE Trans Biomed Eng 51:1434): the shin swings forward fastest in the middle
    /// of the flight; the lowest rate after it follows the initial contact, the lowest before it precedes
    /// the final one. As with the foot, each contact is half-way between there and where the rate is zero.
    init(shin signal: UniformSignal, side: BodySide?) {
        guard let rotation = signal.rotation, signal.count > 100 else { return }
        let rate = UniformSignal.rate
        guard let axis = Self.swingAxis(signal, rotation) else { return }
        let pitch = Butterworth.lowPass(order: 2, cutoff: 10, rate: rate).zeroPhase(rotation.along(axis))
        let smooth = Butterworth.lowPass(order: 2, cutoff: 2.5, rate: rate).zeroPhase(pitch)
        let sorted = smooth.sorted()
        let threshold = max(25, 0.35 * sorted[sorted.count * 19 / 20])
        var peaks: [Int] = []
        for index in 1..<(smooth.count - 1)
        where smooth[index] > threshold && smooth[index] >= smooth[index - 1]
            && smooth[index] > smooth[index + 1]
        {
            if let last = peaks.last, Double(index - last) < 0.5 * rate {
                if smooth[index] > smooth[last] { peaks[peaks.count - 1] = index }
            } else {
                peaks.append(index)
            }
        }
        let falling = pitch.map { -$0 }
        var before: Double?
        for peak in peaks {
            var end = peak
            while end < pitch.count - 1, pitch[end] > 0 { end += 1 }
            var start = peak
            while start > 0, pitch[start] > 0 { start -= 1 }
            let landed = (end..<min(pitch.count, end + 15)).min { pitch[$0] < pitch[$1] } ?? end
            let left = (max(0, start - 25)...start).min { pitch[$0] < pitch[$1] } ?? start
            let initial = (Double(end) + parabolicPeak(falling, landed)) / 2
            let final = (Double(start) + parabolicPeak(falling, left)) / 2
            let quality = min(1, smooth[peak] / max(1, sorted[sorted.count * 19 / 20]))
            finalContacts.append(FinalContact(time: signal.time(final), side: side, quality: quality))
            contacts.append(InitialContact(time: signal.time(initial), side: side, quality: quality))
            if let side, let last = before, initial - last < 3.2 * rate, final > last {
                strides.append(
                    Stride(
                        side: side, start: signal.time(last), end: signal.time(initial),
                        length: .missing(.notSeenFrom(.shin)), stance: .known((final - last) / rate),
                        swing: .known((initial - final) / rate)))
            }
            before = initial
        }
    }

    /// The crosswise axis about which the shin swings forward.
    ///
    /// The axis of the strongest turning; it points so that the fast swing is positive and the slow turning
    /// back over the standing foot is negative, which is what makes the cube of the rate positive on average.
    private static func swingAxis(_ signal: UniformSignal, _ rotation: Axes) -> Vector? {
        var axis = Vector(1, 1, 1)
        // Power iteration on the rates' second moments.
        var rows = (Vector.zero, Vector.zero, Vector.zero)
        for index in 0..<rotation.count {
            let w = rotation[index]
            rows.0 += w * w.x
            rows.1 += w * w.y
            rows.2 += w * w.z
        }
        for _ in 0..<50 {
            guard let next = Vector(rows.0.dot(axis), rows.1.dot(axis), rows.2.dot(axis)).normalized else {
                return nil
            }
            axis = next
        }
        let rates = rotation.along(axis)
        let skew = rates.reduce(0) { $0 + $1 * $1 * $1 }
        return skew >= 0 ? axis : -axis
    }
}
