// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@testable import Recordings

@Suite("A recording that is read in pieces") struct StreamTests {
    /// The bytes of a file in pieces of so many.
    private func pieces(_ bytes: [UInt8], of size: Int, named name: String) -> RecordingFile {
        RecordingFile(name: name) { () throws(ReadingProblem) -> BytePieces in
            var rest = bytes[...]
            return BytePieces { () throws(ReadingProblem) -> [UInt8] in
                let piece = rest.prefix(size)
                rest = rest.dropFirst(piece.count)
                return Array(piece)
            }
        }
    }

    /// Something like a walk.
    private static func walk(seconds: Int) -> String {
        (0..<(100 * seconds)).reduce(into: "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n") { text, index in
            let phase = Double(index) / 55 * 2 * Math.pi
            text += "\(Double(index) / 100),\(Math.sin(phase)),\(0.5 * Math.sin(phase / 2)),"
            text += "\(9.8 + 2 * Math.cos(phase)),1,2,\(20 * Math.sin(phase / 2))\n"
        }
    }

    private static let own = walk(seconds: 20)

    @Test("is the same in every size of piece, packed or not", arguments: [1, 7, 1000, 1 << 20])
    func sizes(size: Int) throws {
        let bytes = Array(Self.own.utf8)
        let whole = try read(RecordingFile(name: "a.csv", bytes: bytes))
        for (name, bytes) in [("a.csv", bytes), ("a.csv.gz", gzip(bytes))] {
            let found = try read(pieces(bytes, of: size, named: name))
            #expect(found.recording == whole.recording, "\(name)")
            #expect(found.line(ofSample: 1999) == 2001, "\(name)")
        }
    }

    @Test(
        "gives of every kind what it gives as a whole, and shows every sample",
        arguments: AnalysisKind.allCases)
    func analysed(kind: AnalysisKind) throws {
        let file = file("a.csv", Self.own)
        let place = try #require(kind.placements(task: .pumps).first)
        let analyzer = Analyzer(AnalysisRequest(kind: kind, placement: place))
        func said(_ result: () throws(ReadingProblem) -> Analyzer.Result) -> String {
            do { return try result().json(file: nil).line } catch { return "\(error)" }
        }
        var watched: [Double] = []
        let streamed = said { () throws(ReadingProblem) -> Analyzer.Result in
            var stream = try RecordingReader().open([file])
            return try analyzer.result(of: &stream) { watched.append($0.time) }
        }
        let whole = try read(file)
        let batch = said { () throws(ReadingProblem) -> Analyzer.Result in try analyzer.result(of: whole) }
        #expect(streamed == batch)
        #expect(watched == whole.recording.time)
    }

    /// Analyses what it was given only when it has to, the last first.
    private final class LastFirst: BlockCores {
        private var blocks: [GaitBlock] = []
        private(set) var analysed: [AnalysedGaitBlock] = []
        private var given = 0

        func analyse(_ block: GaitBlock) { blocks.append(block) }

        func next(isLast: Bool) -> AnalysedGaitBlock? {
            guard isLast else { return nil }
            if analysed.isEmpty { analysed = blocks.reversed().map { $0.analysed() }.reversed() }
            defer { given += 1 }
            return given < analysed.count ? analysed[given] : nil
        }
    }

    @Test("says the same of a long walk whose blocks are analysed apart, in whatever order")
    func blocksApart() throws {
        let analyzer = Analyzer(AnalysisRequest(kind: .gait, placement: .lowerBack))
        let file = file("a.csv", Self.walk(seconds: 200))
        let cores = LastFirst()
        let apart = try analyzer.result(of: [file], RecordingReader(), cores: cores).json(file: nil).line
        #expect(cores.analysed.count >= 2)
        #expect(try apart == analyzer.result(of: [file], RecordingReader()).json(file: nil).line)
    }

    @Test("holds stamps that a browser's jitter lets overtake one another, and keeps the samples' order")
    func jitter() throws {
        let rows = (0..<600).map { index in
            "\(1 + Double(index) / 60 + (index % 2 == 0 ? 0.012 : -0.012)),0,0,9.8,\(index),0,0\n"
        }
        let read = try read(file("a.csv", "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n" + rows.joined()))
        let time = read.recording.time
        #expect(zip(time, time.dropFirst()).allSatisfy { $0 < $1 })
        #expect(read.recording.rotation?.x == (0..<600).map(Double.init))
        #expect(read.notes == ["300 time stamps that ran back by up to 0.04 s held at their neighbour's"])
    }

    @Test("is read no further than the samples that were asked for, however long it is")
    func bounded() throws {
        let row = Array("0,1,2,3\n".utf8)
        nonisolated(unsafe) var given = 0
        let endless = RecordingFile(name: "a.csv") { () throws(ReadingProblem) -> BytePieces in
            BytePieces { () throws(ReadingProblem) -> [UInt8] in
                given += 1
                return given == 1
                    ? Array("t_s,acc_x,acc_y,acc_z\n".utf8) : Array("\(given)".utf8) + row.dropFirst()
            }
        }
        var stream = try RecordingReader().open([endless])
        for _ in 0..<5000 { _ = try #require(try stream.next()) }
        #expect(given < 5010, "\(given) pieces for 5000 samples of one piece each")
    }

    @Test("of sensors with clocks of their own keeps only what one is ahead of the other")
    func apart() throws {
        let names = "time,seconds_elapsed,z,y,x\n"
        let total = file(
            "TotalAcceleration.csv",
            (0..<3000).reduce(into: names) { $0 += "0,\(Double($1) / 100),9.8,0,\($1)\n" })
        let gyroscope = file(
            "Gyroscope.csv",
            (0..<1400).reduce(into: names) { $0 += "0,\(Double($1) / 50 + 0.005),\($1),0,0\n" })
        let found = try read(total, gyroscope)
        // From 0.005 to 27.985 s.
        #expect(found.recording.time.first == 0.01)
        #expect(found.recording.time.last == 27.98)
        #expect(found.recording.acceleration.x.first == 1)
        #expect(found.notes.contains { $0.contains("202 samples outside it left out") }, "\(found.notes)")
    }

    @Test("whose end is broken is refused, also where the end is not needed")
    func broken() throws {
        let names = "time,seconds_elapsed,z,y,x\n"
        let total = file(
            "TotalAcceleration.csv", names + "0,0,9.8,0,0\n0,0.01,9.8,0,0\n0,0.02,9.8,0,0\n0,9,x,0,0\n")
        let gyroscope = file("Gyroscope.csv", names + "0,0,1,0,0\n0,0.01,1,0,0\n")
        #expect(refusal(total, gyroscope) == "TotalAcceleration.csv:5: expected a number for 'z', found 'x'")
    }
}
