// SPDX-License-Identifier: Apache-2.0
import Motion

/// What a sensor of a recording measures.
enum Sensor: String, Hashable, Sendable {
    /// Specific force, gravity included.
    case acceleration
    /// What is left of it without gravity.
    case userAcceleration = "acceleration without gravity"
    case gravity
    case rotation
}

/// Where a sensor stands in a table, and what turns its numbers into ours.
struct SensorColumns: Sendable {
    let kind: Sensor
    let time: Int
    /// What one unit of the time column is, in seconds.
    let secondsPerUnit: Double
    /// x, y and z.
    let axes: [Int]
    /// What one unit of the axes is, in m/s² or deg/s, with its sign.
    let unit: Double
    /// A logger that writes a line for every sensor repeats the last reading of a slower one.
    var repeatsRows = false
}

/// A kind of file that was recognised, and what it holds.
struct Layout: Sendable {
    /// For people: `phyphox`, `SensorLog`, ….
    let format: String
    let sensors: [SensorColumns]
    /// What the recognition rests on besides the names of the columns; empty where on nothing.
    var notes: [String] = []
}

enum Unit {
    /// Standard gravity in m/s², by definition (CGPM 1901).
    static let gravity = 9.80665
    static let degreesPerRadian = 180 / Math.pi
}
