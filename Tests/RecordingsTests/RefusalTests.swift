// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@testable import Recordings

@Suite("A file that is no recording") struct RefusalTests {
    private static let own = "t_s,acc_x,acc_y,acc_z\n"
    private static let logger = "time,seconds_elapsed,z,y,x\n0,0,1,2,3\n"

    @Test(
        "is refused with file, line and what was expected",
        arguments: [
            ("a.csv", "", "a.csv: is empty"),
            ("a.csv", "\n\n", "a.csv: begins with an empty line"),
            (
                "a.csv", "time,ax,ay,az\n0,1,2,3\n",
                "a.csv:1: the columns 'time,ax,ay,az' are not recognised; expected t_s"
            ),
            ("a.csv", own, "a.csv: holds no samples"),
            ("a.csv", own + "0,1,2,x\n", "a.csv:2: expected a number for 'acc_z', found 'x'"),
            ("a.csv", own + "0,1,2,3\n1,1,2\n", "a.csv:3: expected 4 values, found 3"),
            ("a.csv", own + "0,1,2,3\n1,1,2,3,4\n", "a.csv:3: has more values than the 4"),
            ("a.csv", own + "0,1,2,3\n1,nan,2,3\n", "a.csv:3: has no number for 'acc_x'"),
            ("a.csv", own + "0,1,2,3\n,1,2,3\n", "a.csv:3: has no number for 't_s'"),
            ("a.csv", own + "0,1,2,inf\n", "a.csv:2: expected a number for 'acc_z', found 'inf'"),
            ("a.csv", own + "0,1,2,3\n2,1,2,3\n1,1,2,3\n", "a.csv:4: time runs backwards: 1.0 s after 2.0 s"),
            ("a.csv", own + "0,1,2,3\n0,1,2,3\n0,1,2,3\n", "a.csv:4: time stands still"),
            ("a.csv", "t_s,acc_x,acc_y\n", "a.csv:1: has no column 'acc_z' beside its fellows"),
            ("a.csv", "t_s,x,y\n", "a.csv:1: has no column 'acc_x' beside 't_s'"),
            ("a.csv", "t_s,acc_x,acc_y,acc_z,mag_x\n", "a.csv:1: unknown column 'mag_x'"),
            ("a.csv", "t_s,acc_x,acc_y,acc_z,acc_x\n", "a.csv:1: has the column 'acc_x' twice"),
            ("a.csv", "t_s,acc_x,acc_y,acc_z,gyr_x\n", "a.csv:1: has no column 'gyr_y' beside its fellows"),
            ("Accelerometer.csv", logger, "Accelerometer.csv:1: Sensor Logger turns the sign round on iOS"),
            ("AccelerometerUncalibrated.csv", logger, "do not say which sensor this is"),
            ("walk.csv", logger, "walk.csv:1: Sensor Logger's columns do not say which sensor this is"),
            ("Gyroscope.csv", logger, "Gyroscope.csv: holds no acceleration"),
            (
                "Raw Data.csv",
                "Time (s),Linear Acceleration x (m/s^2),Linear Acceleration y (m/s^2),Linear Acceleration z (m/s^2)\n0,1,2,3\n",
                "Raw Data.csv: holds acceleration without gravity"
            ),
            (
                "walk.csv", "Time (s),X (m/s^2),Y (m/s^2),Z (m/s^2)\n0,1,2,3\n",
                "does not say whether gravity is in it"
            ),
            ("a.csv", "accelerometerAccelerationX,accelerometerAccelerationY\n", "its columns name no unit"),
            (
                "a.csv",
                "accelerometerAccelerationX(G),accelerometerAccelerationY(G),accelerometerAccelerationZ(G)\n",
                "without its time stamps 'accelerometerTimestamp_sinceReboot(s)'"
            )
        ])
    func refused(name: String, text: String, says: String) throws {
        let said = try #require(refusal(file(name, text)))
        #expect(said.contains(says), "\(said)")
    }

    @Test("is refused when it is cut off, broken or too big")
    func packed() throws {
        let text = Array((Self.own + (0..<10).map { "\($0),1,2,3\n" }.joined()).utf8)
        let whole = gzip(text)
        #expect(try #require(refusal(.init(name: "a.gz", bytes: whole.dropLast(9)))).contains("is cut off"))
        var broken = whole
        broken[whole.count - 6] ^= 1
        #expect(try #require(refusal(.init(name: "a.gz", bytes: broken))).contains("is broken"))
        var limits = ReadingLimits()
        limits.bytes = 40
        #expect(
            try #require(refusal(.init(name: "a.gz", bytes: whole), limits: limits)).contains(
                "larger than 40"))
        #expect(
            try #require(refusal(.init(name: "a.csv", bytes: text), limits: limits)).contains(
                "larger than 40"))
        let archive = zip([("Accelerometer.csv", Self.own)])
        for length in [4, 30, archive.count - 1] {
            let said = try #require(refusal(.init(name: "a.zip", bytes: Array(archive.prefix(length)))))
            #expect(said.contains("a.zip"), "\(said)")
        }
        let other = zip([("photo.jpg", "…")])
        #expect(try #require(refusal(.init(name: "a.zip", bytes: other))).contains("holds none of"))
    }

    @Test("is refused before it can take the machine")
    func bounds() throws {
        let wide = (0...10_000).map { "c\($0)" }.joined(separator: ",")
        #expect(try #require(refusal(file("a.csv", wide))).contains("columns; 1000 are read at most"))
        let long = String(repeating: "x", count: 10_000_000)
        #expect(try #require(refusal(file("a.csv", long))).contains("a.csv:1: the first line is longer"))
        let longRow = Self.own + "0,1,2," + String(repeating: "3", count: 10_000_000) + "\n"
        #expect(try #require(refusal(file("a.csv", longRow))).contains("a.csv:2:"))
        var limits = ReadingLimits()
        limits.samples = 3
        let rows = Self.own + (0..<5).map { "\($0),1,2,3\n" }.joined()
        #expect(try #require(refusal(file("a.csv", rows), limits: limits)).contains("more than 3 samples"))
        let blank = Self.own + String(repeating: "\n", count: 2000)
        #expect(try #require(refusal(file("a.csv", blank))).contains("empty lines"))
        var junk: [UInt8] = []
        for index in 0..<4096 { junk.append(UInt8(truncatingIfNeeded: index &* 167 &+ index >> 3)) }
        #expect(refusal(.init(name: "a.csv", bytes: junk)) != nil)
    }

    @Test("is refused where two sensors are not of one recording")
    func apart() throws {
        let total = file("TotalAcceleration.csv", "time,seconds_elapsed,z,y,x\n0,0,1,2,3\n0,1,1,2,3\n")
        let gyroscope = file("Gyroscope.csv", "time,seconds_elapsed,z,y,x\n0,50,1,2,3\n0,51,1,2,3\n")
        #expect(
            try #require(refusal(total, gyroscope)).contains("Gyroscope.csv: shares no time with TotalAcc"))
        #expect(try #require(refusal(total, total)).contains("holds acceleration twice"))
    }
}
