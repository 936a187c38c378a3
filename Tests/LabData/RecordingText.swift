// SPDX-License-Identifier: Apache-2.0
public import Motion

extension Recording {
    /// The recording as the project's own table, every digit of it.
    public var text: String {
        var text = "t_s,acc_x,acc_y,acc_z" + (rotation == nil ? "\n" : ",gyr_x,gyr_y,gyr_z\n")
        for index in 0..<count {
            let force = acceleration[index]
            var row = [time[index], force.x, force.y, force.z]
            if let turn = rotation?[index] { row += [turn.x, turn.y, turn.z] }
            text += row.map { "\($0)" }.joined(separator: ",") + "\n"
        }
        return text
    }
}
