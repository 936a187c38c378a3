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
    package let samples: Int
    package let seconds: Double
    /// Samples per second over the stretches without gaps.
    package let rateHz: Double
    /// How often more than 0.1 s is missing, and how long in all.
    package let gaps: Int
    package let gapSeconds: Double
    package let hasRotation: Bool

    /// Seconds between two samples that are a gap.
    static let gap = 0.1

    package init(_ recording: Recording) {
        var gaps = 0
        var missing = 0.0
        for index in recording.time.indices.dropFirst() {
            let step = recording.time[index] - recording.time[index - 1]
            if step > Self.gap {
                gaps += 1
                missing += step
            }
        }
        samples = recording.count
        seconds = recording.duration
        let covered = recording.duration - missing
        rateHz = covered > 0 ? Double(recording.count - 1 - gaps) / covered : 0
        self.gaps = gaps
        gapSeconds = missing
        hasRotation = recording.rotation != nil
    }

    /// Of a camera: its frames, and where the sticker was lost for more than 0.1 s.
    package init(_ track: CameraTrack) {
        let quality = track.quality
        samples = track.time.count
        seconds = (track.time.last ?? 0) - (track.time.first ?? 0)
        rateHz = quality.rate.isFinite ? quality.rate : 0
        gaps = quality.gaps.count
        gapSeconds = quality.gaps.reduce(0) { $0 + $1.end - $1.start }
        hasRotation = false
    }

    package var json: JSON {
        .object([
            "samples": .whole(samples), "duration_s": .optional(seconds), "rate_hz": .optional(rateHz),
            "gaps": .whole(gaps), "gap_s": .optional(gapSeconds), "gyroscope": .flag(hasRotation)
        ])
    }
}
