// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@testable import Recordings

@Suite("A recording file") struct FormatTests {
    private let g = 9.80665
    private let degrees = 180 / Math.pi

    @Test("of our own is read as it stands, packed or not, with either line end and a byte-order mark")
    func own() throws {
        let text = "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n0.00,9.81,-0.5,0.1,1,2,3\n0.01,9.7,0,0,4,5,6\n"
        let expected = Recording(
            time: [0, 0.01], acceleration: Axes(x: [9.81, 9.7], y: [-0.5, 0], z: [0.1, 0]),
            rotation: Axes(x: [1, 4], y: [2, 5], z: [3, 6]))
        let windows = text.split(separator: "\n").joined(separator: "\r\n")
        for form in [text, windows, "\u{FEFF}" + text, text + "\n", windows + "\r\n\r\n"] {
            let found = try read(file("a.csv", form))
            #expect(found.recording == expected)
            #expect(found.format == "Soleus table")
        }
        let packed = RecordingFile(name: "a.csv.gz", bytes: gzip(Array(text.utf8)))
        #expect(try read(packed).recording == expected)
        let twice = RecordingFile(
            name: "a.gz", bytes: gzip(Array(text.utf8.prefix(50))) + gzip(Array(text.utf8.dropFirst(50))))
        #expect(try read(twice).recording == expected)
    }

    @Test("without a gyroscope has no rotation")
    func noGyroscope() throws {
        #expect(try read(file("a.csv", "t_s,acc_x,acc_y,acc_z\n1,2,3,4\n")).recording.rotation == nil)
    }

    @Test(
        "of phyphox is read in each of its flavours",
        arguments: [(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ",")])
    func phyphox(separator: String, point: String) throws {
        func row(_ cells: [String]) -> String {
            cells.map { $0.replacing(".", with: point) }.joined(separator: separator) + "\n"
        }
        let names =
            ["Time (s)"] + ["x", "y", "z"].map { "Acceleration \($0) (m/s^2)" } + [
                "Absolute acceleration (m/s^2)"
            ]
        let text =
            names.map { "\"\($0)\"" }.joined(separator: separator) + "\n"
            + row(["3.822818600E-2", "1.573801041E-2", "-1.144409180E-2", "9.806650000E0", "9.8E0"])
            + row(["4.323306900E-2", "4.2E-2", "-2.1E-2", "9.7E0", "9.7E0"])
            + row(["NaN", "NaN", "NaN", "NaN", "9.7E0"])
        let found = try read(file("Raw Data.csv", text))
        #expect(found.format == "phyphox")
        #expect(found.recording.time == [0.038228186, 0.043233069])
        #expect(found.recording.acceleration.z == [9.80665, 9.7])
    }

    @Test("of phyphox in a zip brings the gyroscope onto the acceleration's time stamps")
    func phyphoxZip() throws {
        let accelerometer =
            "\"Time (s)\",\"X (m/s^2)\",\"Y (m/s^2)\",\"Z (m/s^2)\"\n"
            + "0.00,0,0,9.8\n0.01,1,0,9.8\n0.02,2,0,9.8\n0.03,3,0,9.8\n"
        let gyroscope = "\"Time (s)\",\"X (rad/s)\",\"Y (rad/s)\",\"Z (rad/s)\"\n0.005,0,0,0\n0.025,2,0,0\n"
        let archive = zip([
            ("Accelerometer.csv", accelerometer), ("Gyroscope.csv", gyroscope),
            ("meta/device.csv", "\"property\",\"value\"\n"), ("Location.csv", "Latitude\n1\n")
        ])
        let found = try read(RecordingFile(name: "walk.zip", bytes: archive))
        #expect(found.recording.time == [0.01, 0.02])
        #expect(found.recording.acceleration.x == [1, 2])
        let turning = try #require(found.recording.rotation)
        for (value, expected) in Swift.zip(turning.x, [0.5 * degrees, 1.5 * degrees]) {
            #expect(abs(value - expected) < 1e-9)
        }
        #expect(found.notes.contains { $0.contains("2 samples outside it left out") })
    }

    private let logger = "time,seconds_elapsed,z,y,x\n"

    @Test("of Sensor Logger is told by its name; its columns stand in the order z, y, x")
    func sensorLogger() throws {
        let total = file(
            "TotalAcceleration.csv",
            logger + "1700000000000000000,0.0,9.8,0.1,0.2\n1700000000010000000,0.01,9.7,0,0\n")
        let gyroscope = file("Gyroscope.csv", logger + "1700000000000000000,0.0,3,2,1\n1,0.01,3,2,1\n")
        let found = try read(total, gyroscope)
        #expect(found.format == "Sensor Logger")
        #expect(found.recording.acceleration == Axes(x: [0.2, 0], y: [0.1, 0], z: [9.8, 9.7]))
        let turning = try #require(found.recording.rotation)
        #expect(abs(turning.z[0] - 3 * degrees) < 1e-9)
        #expect(found.notes.contains { $0.contains("Android") })
    }

    @Test(
        "of Sensor Logger on iOS has its sign turned round, unless it was standardised",
        arguments: [("ios", "false", -1.0), ("ios", "true", 1), ("android", "false", 1)])
    func sensorLoggerSign(platform: String, standard: String, sign: Double) throws {
        let metadata = file(
            "Metadata.csv",
            "version,device name,platform,standardisation\r\n3,Phone,\(platform),\(standard)\r\n")
        let user = file("x/Accelerometer.csv", logger + "1,0,0.5,0,0\n2,0.01,0.5,0,0\n")
        let gravity = file("x/Gravity.csv", logger + "1,0,-9.8,0,0\n2,0.01,-9.8,0,0\n")
        let found = try read(metadata, user, gravity)
        #expect(found.recording.acceleration.z == [-9.3 * sign, -9.3 * sign])
        #expect(found.notes.contains { $0.contains("gravity added") })
    }

    private let wide =
        "loggingTime(txt),loggingSample(N),accelerometerTimestamp_sinceReboot(s),"
        + "accelerometerAccelerationX(G),accelerometerAccelerationY(G),accelerometerAccelerationZ(G),"
        + "gyroTimestamp_sinceReboot(s),gyroRotationX(rad/s),gyroRotationY(rad/s),gyroRotationZ(rad/s),label(N)\n"

    @Test("of SensorLog is turned from G and Core Motion's sign; repeated readings count once")
    func sensorLog() throws {
        let text =
            wide + "\"2021-05-05 15:15:15.123 +0200\",1,100.00,0,0,-1,100.00,1,0,0,0\n"
            + "2021-05-05,2,100.01,0.5,0,-1,100.00,1,0,0,0\n2021-05-05,3,100.01,0.5,0,-1,100.02,3,0,0,0\n"
        let found = try read(file("2021.csv", text))
        #expect(found.format == "SensorLog")
        #expect(found.recording.time == [100, 100.01])
        #expect(found.recording.acceleration.z == [g, g])
        #expect(found.recording.acceleration.x[1] == -0.5 * g)
        let turning = try #require(found.recording.rotation)
        #expect(abs(turning.x[1] - 2 * degrees) < 1e-6)
    }

    @Test("of SensorLog without raw acceleration takes gravity and what is left of it together")
    func sensorLogMotion() throws {
        let names =
            "motionTimestamp_sinceReboot(s),"
            + ["motionUserAcceleration", "motionGravity"].flatMap { name in
                ["X", "Y", "Z"].map { "\(name)\($0)(G)" }
            }.joined(separator: ",")
        let found = try read(file("a.csv", names + "\n5,0.25,0,0,0,0,-1\n5.02,0,0,0,0,0,-1\n"))
        #expect(found.recording.acceleration == Axes(x: [-0.25 * g, 0], y: [0, 0], z: [g, g]))
    }

    @Test("names the line of a sample, also behind empty lines")
    func places() throws {
        let found = try read(file("a.csv", "t_s,acc_x,acc_y,acc_z\n0,1,2,3\n\n1,1,2,3\n"))
        #expect(found.line(ofSample: 0) == 2)
        #expect(found.line(ofSample: 1) == 4)
        #expect(found.line(ofSample: 9) == nil)
    }
}
