// SPDX-License-Identifier: Apache-2.0

/// Our own table: `t_s,acc_x,acc_y,acc_z[,gyr_x,gyr_y,gyr_z]` in s, m/s² with gravity, and deg/s.
enum OwnTable {
    static let acceleration = ["acc_x", "acc_y", "acc_z"]
    static let rotation = ["gyr_x", "gyr_y", "gyr_z"]

    static func layout(_ head: TableHead) throws(ReadingProblem) -> Layout? {
        guard let time = try head.column("t_s") else { return nil }
        guard !CameraTable.isTrack(head) else {
            throw ReadingProblem(
                file: head.file, line: 1, problem: "is a camera's track: its placement is 'camera'")
        }
        guard let acceleration = try head.three(acceleration) else {
            throw ReadingProblem(file: head.file, line: 1, problem: "has no column 'acc_x' beside 't_s'")
        }
        let rotation = try head.three(rotation)
        let known = Set(["t_s"] + Self.acceleration + Self.rotation)
        if let stray = head.names.first(where: { !known.contains($0) }) {
            throw ReadingProblem(
                file: head.file, line: 1,
                problem: "unknown column '\(stray)'; expected t_s,acc_x,acc_y,acc_z[,gyr_x,gyr_y,gyr_z]")
        }
        var sensors = [
            SensorColumns(kind: .acceleration, time: time, secondsPerUnit: 1, axes: acceleration, unit: 1)
        ]
        if let rotation {
            sensors.append(
                SensorColumns(kind: .rotation, time: time, secondsPerUnit: 1, axes: rotation, unit: 1))
        }
        return Layout(format: "Soleus table", sensors: sensors)
    }
}
