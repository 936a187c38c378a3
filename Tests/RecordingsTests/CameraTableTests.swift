// SPDX-License-Identifier: Apache-2.0
import Foundation
import Motion
import Testing

@testable import Recordings

@Suite("A camera's track") struct CameraTableTests {
    private static let head = "t_s,x_px,y_px,diameter_px,sticker_mm\n"

    /// Raises of six centimetres, two seconds each, of a sticker of 20 mm at 0.8 mm a pixel.
    private func table(_ raises: Int, lost: Range<Int> = 0..<0) -> String {
        var text = Self.head
        for index in 0..<(raises * 60) {
            let time = Double(index) / 30
            let phase = time.truncatingRemainder(dividingBy: 2) / 2
            let lift =
                (0.2...0.8).contains(phase) ? 60 * (1 - cos(2 * .pi * (phase - 0.2) / 0.6)) / 2 : 0
            text +=
                lost.contains(index)
                ? "\(time),,,,20\n" : "\(time),160,\(170 - lift / 0.8),25,20\n"
        }
        return text
    }

    private func track(_ raises: Int, lost: Range<Int> = 0..<0) -> RecordingFile {
        file("track.csv", table(raises, lost: lost))
    }

    private func said(_ text: String) -> String {
        do {
            _ = try RecordingReader().track([file("track.csv", text)])
            return "read"
        } catch { return error.description }
    }

    private func result(
        _ file: RecordingFile, mass: Double? = nil, watch: (Double, Double) -> Void = { _, _ in }
    ) throws -> Analyzer.Result {
        var request = AnalysisRequest(kind: .heelRaise, placement: .foot)
        (request.isCamera, request.side, request.mass) = (true, .left, mass)
        return try Analyzer(request).result(of: [file], RecordingReader(), watch: watch)
    }

    @Test("gives the count, the heights and what follows from them, by its own method")
    func values() throws {
        var highest = 0.0
        let result = try result(track(8), mass: 80) { highest = max(highest, $1) }
        #expect(result.findings.method == "camera-sticker")
        let values = Dictionary(
            uniqueKeysWithValues: result.findings.values.map { ($0.measure, $0.value) })
        #expect(values["single_heel_raise"] == 8)
        #expect(abs((values["heel_raise_height"] ?? 0) - 6) < 0.01)
        #expect(abs((values["heel_raise_displacement"] ?? 0) - 48) < 0.1)
        // 80 kg lifted eight times by six centimetres.
        #expect(abs((values["heel_raise_work"] ?? 0) - 80 * 9.80665 * 0.48) < 1)
        let json = result.json(file: nil).line
        #expect(json.contains(#""placement":"camera""#))
        #expect(json.contains(#""lost":0,"mm_per_px":0.8"#))
        #expect(abs(highest - 6) < 0.01, "what is drawn is the sticker's height in cm")
    }

    @Test("that is packed says the same")
    func packed() throws {
        let plain = table(4)
        let packed = RecordingFile(name: "track.csv.gz", bytes: gzip(Array(plain.utf8)))
        #expect(try result(file("track.csv", plain)).findings.values == result(packed).findings.values)
    }

    @Test("in which the sticker was lost counts the gap, and gives that raise no height")
    func lost() throws {
        // Around the top of the third raise.
        let result = try result(track(6, lost: 145..<156))
        #expect(result.quality.gaps == 1)
        #expect(result.findings.values.first { $0.measure == "single_heel_raise" }?.value == 6)
        #expect(result.findings.values.first { $0.measure == "heel_raise_displacement" } == nil)
        #expect(result.json(file: nil).line.contains(#""lost":11"#))
    }

    /// What stands below the line of names, and how it is refused.
    private static let refusals: [(rows: String, expected: String)] = [
        ("", "track.csv: holds no frames"),
        ("0,1,1,20,0\n", "track.csv:2: the sticker measures 0.0 mm; expected 5 to 200"),
        ("0,1,1,20,20\n0.1,1,1,20,21\n", "track.csv:3: the sticker changes its size"),
        ("0,1,1,20,20\n0,1,1,20,20\n", "track.csv:3: time stands still"),
        ("nan,1,1,20,20\n", "track.csv:2: has no number for 't_s'"),
        ("0,1,,20,20\n", "track.csv:2: expected three numbers for the sticker, or none"),
        ("0,1,1,-4,20\n", "track.csv:2: expected three numbers"),
        ("0,1,x,20,20\n", "track.csv:2: expected a number for 'y_px', found 'x'")
    ]

    @Test("that is not one is refused with its place", arguments: refusals)
    func refused(rows: String, expected: String) {
        #expect(said(Self.head + rows).hasPrefix(expected), "\(said(Self.head + rows))")
    }

    @Test("of another kind is refused by its names")
    func otherTable() {
        #expect(said("") == "track.csv: is empty")
        let sensors = said("t_s,acc_x,acc_y,acc_z\n0,0,0,9.8\n")
        #expect(sensors.hasPrefix("track.csv:1: is no camera's track; expected t_s,x_px"))
    }

    @Test("is not taken for a recording of motion sensors")
    func confused() {
        #expect(refusal(track(1))?.hasPrefix("track.csv:1: is a camera's track") == true)
    }

    @Test("of more frames than anybody films is refused")
    func endless() {
        let rows = (0...CameraTrack.most).map { "\($0),1,1,20,20\n" }.joined()
        #expect(said(Self.head + rows) == "track.csv: has more than 36000 frames")
    }
}
