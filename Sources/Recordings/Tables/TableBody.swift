// SPDX-License-Identifier: Apache-2.0

/// Some columns of a table, as numbers.
struct TableBody: Sendable {
    /// One list per column that was asked for, all equally long; NaN where a cell says that it has no value.
    var columns: [[Double]]
    /// The line of the file that each row stands in.
    private var lines: Lines

    private struct Lines: Sendable {
        /// Rows before which a line without any row was passed, ascending, with how many so far.
        var skips: [(row: Int, count: Int)] = []
    }

    var count: Int { columns.first?.count ?? 0 }

    /// The 1-based line of a row; the names stand in line 1.
    func line(of row: Int) -> Int {
        let skipped = lines.skips.last { $0.row <= row }?.count ?? 0
        return row + 2 + skipped
    }

    /// Reads every line below the head.
    ///
    /// - Throws: ``ReadingProblem`` with the line: a cell that is no number, or too few or too many cells.
    init(
        _ bytes: borrowing Span<UInt8>, head: TableHead, wanted: [Int], limits: ReadingLimits
    ) throws(ReadingProblem) {
        columns = Array(repeating: [], count: wanted.count)
        lines = Lines()
        var slots = [Int](repeating: -1, count: head.names.count)
        for (slot, column) in wanted.enumerated() { slots[column] = slot }
        let comma = head.separator != TableHead.comma
        var row = [Double](repeating: 0, count: wanted.count)
        var index = head.body
        var line = 1
        var skipped = 0
        while index < bytes.count {
            line += 1
            if let end = Self.endOfBlank(bytes, index) {
                index = end
                skipped += 1
                lines.skips.append((count, skipped))
                guard lines.skips.count <= 1000 else {
                    throw ReadingProblem(file: head.file, line: line, problem: "more than 1000 empty lines")
                }
                continue
            }
            let start = index
            var column = 0
            while true {
                guard column < slots.count else {
                    throw ReadingProblem(
                        file: head.file, line: line,
                        problem: "has more values than the \(slots.count) columns that are named")
                }
                let slot = slots[column]
                if slot >= 0 {
                    guard let value = Self.value(bytes, at: &index, separator: head.separator, comma: comma)
                    else {
                        throw ReadingProblem(
                            file: head.file, line: line,
                            problem: "expected a number for '\(head.names[column])', found "
                                + Self.quoted(bytes, start: start, column: column, head.separator))
                    }
                    row[slot] = value
                } else {
                    Self.skip(bytes, at: &index, separator: head.separator, limit: start + limits.lineBytes)
                }
                guard index - start <= limits.lineBytes else {
                    throw ReadingProblem(
                        file: head.file, line: line, problem: "is longer than \(limits.lineBytes) bytes")
                }
                column += 1
                if index >= bytes.count { break }
                let byte = bytes[index]
                index += 1
                if byte == TableHead.newline { break }
            }
            guard column == slots.count else {
                throw ReadingProblem(
                    file: head.file, line: line,
                    problem: "expected \(slots.count) values, found \(column): the file may be cut off here")
            }
            if line == 2 {
                let rows = min((bytes.count - head.body) / max(index - start, 1) + 16, limits.samples)
                for slot in columns.indices { columns[slot].reserveCapacity(rows) }
            }
            guard count < limits.samples else {
                throw ReadingProblem(
                    file: head.file, line: line, problem: "has more than \(limits.samples) samples")
            }
            for slot in row.indices { columns[slot].append(row[slot]) }
        }
    }

    /// Behind the end of a line with nothing in it; nil where there is something.
    private static func endOfBlank(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int? {
        if bytes[start] == TableHead.newline { return start + 1 }
        guard bytes[start] == TableHead.carriageReturn else { return nil }
        if start + 1 == bytes.count { return start + 1 }
        return bytes[start + 1] == TableHead.newline ? start + 2 : nil
    }

    /// The number of a cell, with `index` left on what ends the cell; NaN for NaN and for an empty cell.
    private static func value(
        _ bytes: borrowing Span<UInt8>, at index: inout Int, separator: UInt8, comma: Bool
    ) -> Double? {
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
        let isQuoted = index < bytes.count && bytes[index] == UInt8(ascii: "\"")
        if isQuoted { index += 1 }
        let value: Double
        if isNothing(bytes, at: &index, separator: separator) {
            value = .nan
        } else {
            guard let number = DecimalNumber.read(bytes, at: &index, comma: comma) else { return nil }
            value = number
        }
        if isQuoted {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
            index += 1
        }
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
        if index + 1 < bytes.count, bytes[index] == TableHead.carriageReturn,
            bytes[index + 1] == TableHead.newline
        {
            index += 1
        } else if index + 1 == bytes.count, bytes[index] == TableHead.carriageReturn {
            index += 1
        }
        guard index == bytes.count || bytes[index] == separator || bytes[index] == TableHead.newline else {
            return nil
        }
        return value
    }

    /// Passes over `NaN`, `null` or nothing at all.
    private static func isNothing(_ bytes: borrowing Span<UInt8>, at index: inout Int, separator: UInt8)
        -> Bool
    {
        guard index < bytes.count else { return true }
        let byte = bytes[index]
        if byte == separator || byte == TableHead.newline || byte == TableHead.carriageReturn
            || byte == UInt8(ascii: "\"")
        {
            return true
        }
        for word in [StaticString("nan"), StaticString("null")]
        where index + word.utf8CodeUnitCount <= bytes.count {
            let length = word.utf8CodeUnitCount
            let isSame = word.withUTF8Buffer { letters in
                var isSame = true
                for offset in 0..<length where bytes[index + offset] | 0x20 != letters[offset] {
                    isSame = false
                }
                return isSame
            }
            if isSame {
                index += length
                return true
            }
        }
        return false
    }

    /// Passes over a cell that nobody asked for; a separator between quotes does not end it.
    private static func skip(
        _ bytes: borrowing Span<UInt8>, at index: inout Int, separator: UInt8, limit: Int
    ) {
        var isQuoted = false
        while index < bytes.count, index <= limit {
            let byte = bytes[index]
            if byte == TableHead.newline { return }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == separator && !isQuoted { return }
            index += 1
        }
    }

    /// What stands in a cell, short enough for a message.
    private static func quoted(
        _ bytes: borrowing Span<UInt8>, start: Int, column: Int, _ separator: UInt8
    ) -> String {
        var index = start
        for _ in 0..<column {
            skip(bytes, at: &index, separator: separator, limit: bytes.count)
            index += 1
        }
        var text = ""
        while index < bytes.count, bytes[index] != separator, bytes[index] != TableHead.newline {
            guard text.count < 24 else { return "'\(text)…'" }
            let byte = bytes[index]
            text += (32..<127).contains(byte) ? String(Unicode.Scalar(byte)) : "?"
            index += 1
        }
        return "'\(text)'"
    }
}
