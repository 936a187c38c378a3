// SPDX-License-Identifier: Apache-2.0

/// How much came in, and whether anything can be said from it.
struct StreamExtent: Hashable, Sendable {
    private var first: MotionSample?
    private var end = 0.0
    /// Steps between samples without gaps, and how long they are together: a gap says nothing about the rate.
    private var steps = 0.0
    private var seconds = 0.0
    private var isConstant = true

    /// Takes a sample that is later than the last.
    mutating func append(_ sample: MotionSample) {
        if let first {
            let step = sample.time - end
            if step <= GaitStream.longestGap {
                steps += 1
                seconds += step
            }
            if sample.acceleration != first.acceleration { isConstant = false }
        } else {
            first = sample
        }
        end = sample.time
    }

    /// Refuses what nothing can be said from.
    func checked() throws(SignalError) {
        let duration = end - (first?.time ?? end)
        guard duration >= 2 else { throw .tooShort(neededSeconds: 2, gotSeconds: duration) }
        let hertz = seconds > 0 ? steps / seconds : 0
        guard hertz >= 20, hertz <= 1000 else { throw .rate(hertz: hertz, least: 20, most: 1000) }
        if isConstant { throw .constant }
    }
}
