// SPDX-License-Identifier: Apache-2.0

/// Exports of Sensor Logger: a file for each sensor, all with the columns `time,seconds_elapsed,z,y,x`.
///
/// Only a file's name tells its sensor, and only `Metadata.csv` the system it ran on. From UNITS.md,
/// COORDINATES.md and CROSSPLATFORM.md in github.com/tszheichoi/awesome-sensor-logger: `Accelerometer.csv` is
/// without gravity, `TotalAcceleration.csv` (Android only) is with it, both in m/s²; `Gyroscope.csv` is in rad/s
/// and alike on both systems; acceleration and gravity have the opposite sign on iOS unless "Standardise Units &
/// Frames" was on; uncalibrated acceleration is in g or in m/s², and nothing in the file says which.
enum SensorLogger {
    private static let columns = ["x", "y", "z"]

    /// What `Metadata.csv` says of the phone.
    struct Phone: Hashable, Sendable {
        /// Readings have the sign of a specific force.
        let isUpPositive: Bool
        let description: String
    }

    static func layout(_ head: TableHead, phone: Phone?) throws(ReadingProblem) -> Layout? {
        guard let time = try head.column("seconds_elapsed"), let axes = try head.three(columns) else {
            return nil
        }
        let stem = RecordingFile.stem(of: head.file).lowercased()
        func layout(_ kind: Sensor, unit: Double, _ notes: [String] = []) -> Layout {
            Layout(
                format: "Sensor Logger",
                sensors: [
                    SensorColumns(kind: kind, time: time, secondsPerUnit: 1, axes: axes, unit: unit)
                ], notes: notes)
        }
        switch stem {
        case "gyroscope": return layout(.rotation, unit: Unit.degreesPerRadian)
        case "totalacceleration":
            guard let phone else {
                return layout(
                    .acceleration, unit: 1,
                    ["TotalAcceleration.csv read in Android's sign: only Android has it"])
            }
            return layout(.acceleration, unit: phone.isUpPositive ? 1 : -1, [phone.description])
        case "accelerometer", "gravity":
            guard let phone else {
                throw ReadingProblem(
                    file: head.file, line: 1,
                    problem:
                        "Sensor Logger turns the sign round on iOS, and this file does not say where it was "
                        + "recorded; give the whole export with its Metadata.csv, or TotalAcceleration.csv")
            }
            return layout(
                stem == "gravity" ? .gravity : .userAcceleration, unit: phone.isUpPositive ? 1 : -1,
                [phone.description])
        default:
            throw ReadingProblem(
                file: head.file, line: 1,
                problem: "Sensor Logger's columns do not say which sensor this is; keep its own file name, "
                    + "TotalAcceleration.csv, Accelerometer.csv, Gravity.csv or Gyroscope.csv")
        }
    }

    /// Reads `Metadata.csv`: a line of names, among them `platform` and `standardisation`, and a line of values.
    static func phone(_ file: OpenFile) throws(ReadingProblem) -> Phone {
        var pieces = file.pieces
        let lines = try pieces.next().split(separator: TableHead.newline, maxSplits: 2)
        func cells(_ line: ArraySlice<UInt8>) -> [String] {
            line.split(separator: TableHead.comma, omittingEmptySubsequences: false).map {
                String(
                    String(decoding: $0, as: UTF8.self).filter { $0 != "\"" && $0 != "\r" && $0 != "\r\n" }
                )
                .lowercased()
            }
        }
        guard lines.count >= 2 else {
            throw ReadingProblem(file: file.name, line: 2, problem: "has no line of values")
        }
        let (names, values) = (cells(lines[0]), cells(lines[1]))
        func value(_ name: String) -> String? {
            names.firstIndex(of: name).flatMap { $0 < values.count ? values[$0] : nil }
        }
        let isStandard = value("standardisation") == "true"
        switch value("platform") {
        case "android": return Phone(isUpPositive: true, description: "recorded on Android")
        case "ios":
            return Phone(
                isUpPositive: isStandard,
                description: isStandard
                    ? "recorded on iOS, standardised" : "recorded on iOS, sign turned round")
        default:
            throw ReadingProblem(
                file: file.name, line: 2, problem: "expected the platform 'android' or 'ios' in it")
        }
    }
}
