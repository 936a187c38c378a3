// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@testable import Recordings

@Suite("An analysis of a file") struct AnalysisTests {
    private func table(_ count: Int, step: Double = 0.01, _ value: (Int) -> String = { "\($0 % 7),0,9.8" })
        -> RecordingFile
    {
        file(
            "a.csv",
            "t_s,acc_x,acc_y,acc_z\n" + (0..<count).map { "\(Double($0) * step),\(value($0))\n" }.joined())
    }

    private func said(_ kind: AnalysisKind, _ placement: Placement, _ file: RecordingFile) throws -> String {
        let read = try read(file)
        do {
            _ = try Analyzer(AnalysisRequest(kind: kind, placement: placement)).result(of: read)
            return "used"
        } catch { return error.description }
    }

    @Test(
        "says why nothing can be said, for every kind",
        arguments: AnalysisKind.allCases.filter { $0 != .turn && $0 != .reaction })
    func refused(kind: AnalysisKind) throws {
        let place = try #require(kind.placements(task: .pumps).first)
        #expect(try said(kind, place, table(1)).contains("is too short"))
        #expect(try said(kind, place, table(100, step: 0.1)).contains("has 10.00 samples a second"))
        #expect(try said(kind, place, table(100, step: 0.2)).contains("has 5.00 samples a second"))
        #expect(try said(kind, place, table(40_000, step: 0.0001)).contains("samples a second"))
        #expect(try said(kind, place, table(1000) { _ in "0,0,9.81" }).contains("a.csv: "))
    }

    @Test("counts only what has no gap in it", arguments: [AnalysisKind.balance, .hop, .ankle])
    func broken(kind: AnalysisKind) throws {
        // Three seconds in pieces of half a second.
        let place = try #require(kind.placements(task: .pumps).first)
        let rows = (0..<600).filter { $0 % 100 < 51 }.map { "\(Double($0) * 0.01),\($0 % 7),0,9.8,0,1,0\n" }
        let file = file("a.csv", "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n" + rows.joined())
        #expect(
            try said(kind, place, file) == "a.csv: is too short: 0.50 s without a gap, 1.00 s are needed")
    }

    @Test("of heel raises asks for a gyroscope, and says so")
    func gyroscope() throws {
        #expect(
            try said(.heelRaise, .foot, table(1000)) == "a.csv: has no gyroscope, which this analysis needs")
    }

    @Test("puts what was asked and how the samples came before what was found")
    func envelope() throws {
        let read = try read(table(2000))
        var request = AnalysisRequest(kind: .gait, placement: .lowerBack)
        request.side = .left
        let result = try Analyzer(request).result(of: read)
        let json = result.json(file: "x/\"a\".csv").line
        #expect(
            json.hasPrefix(
                #"{"kind":"gait","file":"x/\"a\".csv","format":"Soleus table","placement":"lower-back","side":"left","#
            ))
        #expect(json.contains(#""recording":{"samples":2000,"duration_s":19.99"#))
        #expect(json.contains(#""contacts":["#))
        #expect(!json.contains("nan") && !json.contains("inf"))
    }

    @Test("counts gaps of more than a tenth of a second, and the rate without them")
    func quality() throws {
        var rows = "t_s,acc_x,acc_y,acc_z\n"
        for index in 0..<300 where !(100..<130).contains(index) {
            rows += "\(Double(index) / 100),\(index % 5),0,9.8\n"
        }
        let quality = SampleQuality(try read(file("a.csv", rows)).recording)
        #expect(quality.gaps == 1)
        #expect(abs(quality.gapSeconds - 0.31) < 1e-9)
        #expect(abs(quality.rateHz - 100) < 1e-9)
        #expect(quality.samples == 270)
        #expect(!quality.hasRotation)
    }

    @Test(
        "is JSON that any reader takes",
        arguments: [
            (JSON.null, "null"), (.flag(true), "true"), (.whole(-3), "-3"), (.number(0.1), "0.1"),
            (.number(.nan), "null"), (.number(-.infinity), "null"), (.optional(Double.nan), "null"),
            (.optional(String?.none), "null"), (.text("a\"\\\n\u{1}ü"), #""a\"\\\n\u0001ü""#),
            (.list([.whole(1), .null]), "[1,null]"),
            (.object(["b": .whole(1), "a": .list([])]), #"{"b":1,"a":[]}"#)
        ])
    func json(value: JSON, text: String) {
        #expect(value.line == text)
    }

    @Test("hands a long list out in pieces that are the line together, with its end in the last")
    func pieces() {
        let numbers = JSON.longList(0..<20_000) { .whole($0) }
        let json = JSON.object(["first": .list([numbers, .null]), "last": .text("a\"b")])
        var pieces: [String] = []
        json.write(ending: "\n") { pieces.append($0) }
        let list = (0..<20_000).map(String.init).joined(separator: ",")
        #expect(json.line == #"{"first":[[\#(list)],null],"last":"a\"b"}"#)
        #expect(pieces.joined() == json.line + "\n")
        #expect(pieces.count > 1 && pieces.allSatisfy { $0.utf8.count < 1 << 17 })
    }
}
