// SPDX-License-Identifier: Apache-2.0
import Clinical
import Recordings
import Testing

@testable import Web

@Suite("The table behind a recording's drawing") struct LabTableTests {
    private let words = Words([
        "lab.column.start_s": ["Start, s"], "lab.column.side": ["Side"],
        "lab.column.false_start": ["False start"],
        "lab.column.second": ["Second"], "lab.result.number": ["No."], "lab.result.each": ["One by one"],
        "lab.result.each_second": ["Second by second"], "lab.cell.left": ["left"], "lab.cell.yes": ["yes"],
        "lab.cell.no": ["no"]
    ])

    @Test("A walk lists its strides, although they were written down at once")
    func strides() {
        let stride = JSON.object([
            "side": .text("left"), "start_s": .number(1.234), "end_s": .number(2.3), "length_m": .null,
            "stance_s": .number(0.7), "swing_s": .number(0.4)
        ])
        let table = LabTable([.init("strides", .longList([stride, stride]) { $0 })], [], words)
        #expect(table.title == "One by one")
        #expect(table.columns.prefix(2) == ["Side", "Start, s"])
        #expect(table.rows.map(\.number) == ["1", "2"])
        #expect(table.rows.first?.cells == ["left", "1.23", "2.3", "–", "0.7", "0.4"])
    }

    @Test("A false start is a yes or a no")
    func flags() {
        let responses = [true, false].map { JSON.object(["false_start": .flag($0)]) }
        let table = LabTable([.init("responses", .list(responses))], [], words)
        #expect(table.columns == ["False start"])
        #expect(table.rows.map(\.cells) == [["yes"], ["no"]])
    }

    @Test("Where nothing is counted the table says what was felt, second by second")
    func seconds() {
        let trace = [(10.0, 9.8), (10.5, 9.9), (11.2, 9.7), (11.4, .nan)].map { (time: $0.0, value: $0.1) }
        let table = LabTable([], trace, words)
        #expect(table.title == "Second by second" && table.numbered == "Second")
        #expect(table.rows.map(\.number) == ["0", "1"])
        #expect(table.rows.map(\.cells) == [["9.8", "9.9"], ["9.7", "9.7"]])
    }
}
