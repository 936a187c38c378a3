// SPDX-License-Identifier: Apache-2.0
package import Motion

/// What a result came from: the samples of motion sensors, or where a camera saw a sticker.
package enum Recorded: Hashable, Sendable {
    case motion(Recording)
    case camera(CameraTrack)

    /// What a drawing of it shows: how strongly the phone was pushed, or how high the sticker was.
    package var trace: Trace {
        switch self {
        case .motion(let recording):
            Trace(time: recording.time, values: recording.acceleration.magnitude, unit: "m/s²")
        case .camera(let track):
            Trace(time: track.time, values: track.result().heightCentimetres, unit: "cm")
        }
    }
}

/// One quantity over time; NaN where it is not known.
package struct Trace: Hashable, Sendable {
    /// Seconds, ascending.
    package let time: [Double]
    package let values: [Double]
    package let unit: String

    package var start: Double { time.first ?? 0 }
    package var end: Double { time.last ?? 0 }
}
