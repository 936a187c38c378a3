// SPDX-License-Identifier: Apache-2.0

/// Exports of SensorLog (iOS): one wide table, each column with its unit in its name.
///
/// As read by public repositories: `accelerometerTimestamp_sinceReboot(s)`, `accelerometerAccelerationX(G)`,
/// `gyroTimestamp_sinceReboot(s)`, `gyroRotationX(rad/s)`, `motionTimestamp_sinceReboot(s)`,
/// `motionRotationRateX(rad/s)`, `motionUserAccelerationX(G)`, `motionGravityX(G)`, ….
/// The values are Core Motion's: a phone that lies face up shows -1 G on z, the opposite of a specific force.
/// Every line repeats the last reading of each sensor, with the sensor's own time stamp.
enum SensorLog {
    private static let letters = ["X", "Y", "Z"]

    static func layout(_ head: TableHead) throws(ReadingProblem) -> Layout? {
        var sensors: [SensorColumns] = []
        var notes: [String] = []
        func add(_ kind: Sensor, _ time: String, _ prefix: String, _ unit: String, _ factor: Double)
            throws(ReadingProblem)
        {
            guard let axes = try head.three(letters.map { "\(prefix)\($0)(\(unit))" }) else { return }
            let name = "\(time)Timestamp_sinceReboot(s)"
            guard let time = try head.column(name) else {
                throw ReadingProblem(
                    file: head.file, line: 1,
                    problem: "has '\(prefix)X(\(unit))' without its time stamps '\(name)'")
            }
            sensors.append(
                SensorColumns(
                    kind: kind, time: time, secondsPerUnit: 1, axes: axes, unit: factor, repeatsRows: true))
        }
        try add(.acceleration, "accelerometer", "accelerometerAcceleration", "G", -Unit.gravity)
        if sensors.isEmpty {
            try add(.userAcceleration, "motion", "motionUserAcceleration", "G", -Unit.gravity)
            try add(.gravity, "motion", "motionGravity", "G", -Unit.gravity)
        }
        guard !sensors.isEmpty else {
            if head.names.contains("accelerometerAccelerationX") {
                throw ReadingProblem(
                    file: head.file, line: 1,
                    problem: "looks like SensorLog, but its columns name no unit; expected "
                        + "'accelerometerAccelerationX(G)'")
            }
            return nil
        }
        let before = sensors.count
        try add(.rotation, "gyro", "gyroRotation", "rad/s", Unit.degreesPerRadian)
        if sensors.count == before {
            try add(.rotation, "motion", "motionRotationRate", "rad/s", Unit.degreesPerRadian)
            if sensors.count > before { notes.append("rotation from Core Motion's fused rate") }
        }
        return Layout(format: "SensorLog", sensors: sensors, notes: notes)
    }
}
