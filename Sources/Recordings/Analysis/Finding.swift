// SPDX-License-Identifier: Apache-2.0
package import Motion

/// What a recording says: as JSON, in values for a chart, in marks for a drawing and in lines for a reader.
package struct Findings: Sendable {
    /// One value that a chart can keep, by the name of its measure.
    package struct Value: Hashable, Sendable {
        package let measure: String
        package let value: Double
        package let unit: String
        /// The side that the value is of; nil for both together.
        package let side: BodySide?

        package init(measure: String, value: Double, unit: String, side: BodySide?) {
            self.measure = measure
            self.value = value
            self.unit = unit
            self.side = side
        }
    }

    /// Something at a time.
    package struct Mark: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case initialContact, finalContact, repetition, rejected
        }

        package let kind: Kind
        package let time: Double
        package let side: BodySide?
    }

    /// One line of the report: a name, a number as text with its unit, or why there is none.
    package struct Line: Hashable, Sendable {
        package let name: String
        package let text: String
    }

    package var method: String
    package var methodVersion: String
    /// In the order in which they are printed.
    package var json: [JSON.Pair]
    package var values: [Value] = []
    /// Stretches that count: walking bouts or repetitions, in the recording's seconds.
    package var spans: [ClosedRange<Double>] = []
    package var marks: [Mark] = []
    package var lines: [Line] = []
}

/// How the samples came.
package struct SampleQuality: Hashable, Sendable {
    package private(set) var samples = 0
    /// How often more than 0.1 s is missing, and how long in all.
    package private(set) var gaps = 0
    package private(set) var gapSeconds = 0.0
    package private(set) var hasRotation = false
    private var (first, last) = (0.0, 0.0)
    /// Frames a second, of a camera.
    private var frameRate: Double?
    private var step = ReadingStep()

    /// Seconds between two samples that are a gap.
    static let gap = 0.1

    package init(_ recording: Recording) {
        for index in 0..<recording.count { append(recording.sample(index)) }
    }

    init() {}

    /// Of a camera: its frames, and where the sticker was lost for more than 0.1 s.
    package init(_ track: CameraTrack) {
        let quality = track.quality
        samples = track.time.count
        (first, last) = (track.time.first ?? 0, track.time.last ?? 0)
        frameRate = quality.rate.isFinite ? quality.rate : 0
        gaps = quality.gaps.count
        gapSeconds = quality.gaps.reduce(0) { $0 + $1.end - $1.start }
    }

    /// Takes the next sample.
    mutating func append(_ sample: MotionSample) {
        if samples == 0 {
            first = sample.time
        } else if sample.time - last > Self.gap {
            gaps += 1
            gapSeconds += sample.time - last
        }
        last = sample.time
        step.append(sample.acceleration)
        samples += 1
        hasRotation = sample.rotation != nil
    }

    /// The smallest step between two readings of acceleration, m/s²: 0.1 where a browser rounds; nil for one sample.
    package var accelerationStep: Double? { step.smallest.isNaN ? nil : step.smallest }

    package var seconds: Double { last - first }

    /// Samples per second over the stretches without gaps.
    package var rateHz: Double {
        if let frameRate { return frameRate }
        let covered = seconds - gapSeconds
        return covered > 0 ? Double(samples - 1 - gaps) / covered : 0
    }

    package var json: JSON {
        .object([
            "samples": .whole(samples), "duration_s": .optional(seconds), "rate_hz": .optional(rateHz),
            "gaps": .whole(gaps), "gap_s": .optional(gapSeconds), "gyroscope": .flag(hasRotation),
            "acceleration_step_mps2": .optional(accelerationStep)
        ])
    }
}
