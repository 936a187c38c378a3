// SPDX-License-Identifier: Apache-2.0

/// Exports of phyphox: comma, semicolon or tabulator, decimal point or comma, names in quotes.
///
/// The shape is that of `DataExport.java` in github.com/phyphox/phyphox-android: `"Time (s)"` first, numbers
/// like `3.822818600E-2`, NaN where another column is longer, several tables in one zip. Its experiments call
/// the axes `Acceleration x (m/s^2)`, `Linear Acceleration x (m/s^2)` (without gravity) and
/// `Gyroscope x (rad/s)`; an experiment of one's own writes a file for each sensor with `X (m/s^2)`, where only
/// the file's name says which sensor. phyphox gives iOS readings in Android's sign.
enum Phyphox {
    private static let letters = ["x", "y", "z"]

    static func layout(_ head: TableHead) throws(ReadingProblem) -> Layout? {
        guard let time = try head.column("Time (s)") else { return nil }
        var sensors: [SensorColumns] = []
        var notes: [String] = []
        func add(_ kind: Sensor, _ names: [String], unit: Double) throws(ReadingProblem) {
            guard let axes = try head.three(names) else { return }
            sensors.append(
                SensorColumns(kind: kind, time: time, secondsPerUnit: 1, axes: axes, unit: unit))
        }
        try add(.acceleration, letters.map { "Acceleration \($0) (m/s^2)" }, unit: 1)
        try add(.userAcceleration, letters.map { "Linear Acceleration \($0) (m/s^2)" }, unit: 1)
        try add(.rotation, letters.map { "Gyroscope \($0) (rad/s)" }, unit: Unit.degreesPerRadian)
        try add(.rotation, letters.map { "\($0.uppercased()) (rad/s)" }, unit: Unit.degreesPerRadian)
        if sensors.isEmpty, try head.three(letters.map { "\($0.uppercased()) (m/s^2)" }) != nil {
            let stem = RecordingFile.stem(of: head.file)
            let kind: Sensor? =
                switch stem.lowercased() {
                case "accelerometer": .acceleration
                case "linear accelerometer", "linear acceleration": .userAcceleration
                case "gravity": .gravity
                default: nil
                }
            guard let kind else {
                throw ReadingProblem(
                    file: head.file, line: 1,
                    problem:
                        "'X (m/s^2)' does not say whether gravity is in it; keep phyphox's own file name, "
                        + "Accelerometer.csv or Linear Accelerometer.csv")
            }
            try add(kind, letters.map { "\($0.uppercased()) (m/s^2)" }, unit: 1)
            notes.append("\(stem).csv read as \(kind.rawValue), by its name")
        }
        guard !sensors.isEmpty else { return nil }
        return Layout(format: "phyphox", sensors: sensors, notes: notes)
    }
}
