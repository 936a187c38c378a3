// SPDX-License-Identifier: Apache-2.0

/// A table of numbers, row by row, of which no more than some lines are in memory.
struct TableRows {
    let head: TableHead
    /// The 1-based line of the present row; the names stand in line 1.
    private(set) var line = 1
    /// One number for each column that is wanted; NaN where a cell says that it has no value.
    private(set) var row: [Double] = []

    private let limits: ReadingLimits
    private var pieces: BytePieces
    private var hasEnded = false
    private var taken = 0
    /// What was read and not yet taken begins at `position`.
    private var window: [UInt8] = []
    private var position = 0
    /// By column: its place in `row`, or -1.
    private var places: [Int]
    private var blank = 0
    private var rows = 0

    /// Reads as far as the line of names.
    ///
    /// - Throws: ``ReadingProblem`` where there is none.
    init(_ file: OpenFile, limits: ReadingLimits) throws(ReadingProblem) {
        var (pieces, start): (BytePieces, [UInt8]) = (file.pieces, [])
        while !start.contains(TableHead.newline), start.count <= limits.lineBytes {
            let piece = try pieces.next()
            if piece.isEmpty { break }
            start += piece
        }
        self.limits = limits
        self.pieces = pieces
        head = try TableHead(start.span, file: file.name, limits: limits)
        window = start
        position = head.body
        taken = window.count
        places = Array(repeating: -1, count: head.names.count)
        try checkSize()
    }

    /// Says which columns are read.
    mutating func want(_ columns: [Int]) {
        for (place, column) in columns.enumerated() { places[column] = place }
        row = Array(repeating: 0, count: columns.count)
    }

    /// Reads the next row into `row`.
    ///
    /// - Returns: false where the table ends.
    /// - Throws: ``ReadingProblem`` with the line: a cell that is no number, or too few or too many cells.
    mutating func next() throws(ReadingProblem) -> Bool {
        while let end = try endOfLine() {
            let start = position
            position = end
            line += 1
            if isBlank(start..<end) {
                blank += 1
                guard blank <= 1000 else { throw problem("more than 1000 empty lines") }
                continue
            }
            guard rows < limits.samples else { throw problem("has more than \(limits.samples) samples") }
            rows += 1
            var numbers: [Double] = []
            swap(&numbers, &row)
            try read(start..<end, into: &numbers)
            row = numbers
            return true
        }
        return false
    }

    /// Behind the line that begins at `position`; nil where the file ends.
    private mutating func endOfLine() throws(ReadingProblem) -> Int? {
        var from = position
        while true {
            if let newline = Self.newline(window, from: from) { return newline + 1 }
            guard window.count - position <= limits.lineBytes else {
                line += 1
                throw problem("is longer than \(limits.lineBytes) bytes")
            }
            if hasEnded { return position < window.count ? window.count : nil }
            window.removeFirst(position)
            position = 0
            from = window.count
            let piece = try pieces.next()
            hasEnded = piece.isEmpty
            window += piece
            taken += piece.count
            try checkSize()
        }
    }

    private static func newline(_ bytes: [UInt8], from: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            var index = from
            // Eight bytes at a time: a byte that is equal becomes zero, and borrows when one is taken away.
            while index + 8 <= bytes.count {
                let eight = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let differences = eight ^ 0x0A0A_0A0A_0A0A_0A0A
                let same = (differences &- 0x0101_0101_0101_0101) & ~differences & 0x8080_8080_8080_8080
                if same != 0 { return index + same.trailingZeroBitCount / 8 }
                index += 8
            }
            while index < bytes.count, bytes[index] != TableHead.newline { index += 1 }
            return index < bytes.count ? index : nil
        }
    }

    private func checkSize() throws(ReadingProblem) {
        guard taken <= limits.bytes else {
            throw ReadingProblem(file: head.file, problem: "is larger than \(limits.bytes) bytes")
        }
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        for index in range
        where window[index] != TableHead.newline && window[index] != TableHead.carriageReturn {
            return false
        }
        return true
    }

    private func read(_ range: Range<Int>, into row: inout [Double]) throws(ReadingProblem) {
        let separator = head.separator
        let comma = separator != TableHead.comma
        var index = 0
        var column = 0
        let cells = window.span.extracting(range)
        while true {
            guard column < places.count else {
                throw problem("has more values than the \(places.count) columns that are named")
            }
            let place = places[column]
            if place >= 0 {
                guard let value = TableCell.value(cells, at: &index, separator: separator, comma: comma)
                else {
                    throw problem(
                        "expected a number for '\(head.names[column])', found "
                            + TableCell.quoted(cells, column: column, separator))
                }
                row[place] = value
            } else {
                TableCell.skip(cells, at: &index, separator: separator)
            }
            column += 1
            if index >= cells.count { break }
            let byte = cells[index]
            index += 1
            if byte == TableHead.newline { break }
        }
        guard column == places.count else {
            throw problem("expected \(places.count) values, found \(column): the file may be cut off here")
        }
    }

    /// What is wrong with the present line.
    func problem(_ problem: String) -> ReadingProblem {
        ReadingProblem(file: head.file, line: line, problem: problem)
    }
}
