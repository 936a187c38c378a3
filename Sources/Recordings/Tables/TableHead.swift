// SPDX-License-Identifier: Apache-2.0

/// The first line of a table: what its columns are called, and how they are parted.
struct TableHead: Sendable {
    let file: String
    let names: [String]
    /// A comma, a semicolon or a tabulator; not a comma where numbers have a decimal comma.
    let separator: UInt8
    /// Where the second line begins.
    let body: Int

    /// - Throws: ``ReadingProblem`` where the bytes begin with no line of column names.
    init(_ bytes: borrowing Span<UInt8>, file: String, limits: ReadingLimits) throws(ReadingProblem) {
        let isMarked = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        let start = isMarked ? 3 : 0
        var end = start
        var text: [UInt8] = []
        while end < bytes.count, bytes[end] != Self.newline {
            guard bytes[end] != 0 else {
                throw ReadingProblem(
                    file: file, line: 1, problem: "is not text; expected a table with a line of column names")
            }
            guard text.count < limits.lineBytes else {
                throw ReadingProblem(
                    file: file, line: 1, problem: "the first line is longer than \(limits.lineBytes) bytes")
            }
            text.append(bytes[end])
            end += 1
        }
        if text.last == Self.carriageReturn { text.removeLast() }
        guard !text.isEmpty else {
            throw ReadingProblem(
                file: file, problem: bytes.count == start ? "is empty" : "begins with an empty line")
        }
        let separator =
            text.contains(Self.tabulator)
            ? Self.tabulator : text.contains(Self.semicolon) ? Self.semicolon : Self.comma
        let cells = text.split(separator: separator, omittingEmptySubsequences: false)
        guard cells.count <= limits.columns else {
            throw ReadingProblem(
                file: file, line: 1,
                problem: "has \(cells.count) columns; \(limits.columns) are read at most")
        }
        self.file = file
        self.separator = separator
        names = cells.map { Self.name($0) }
        body = min(end + 1, bytes.count)
    }

    /// The column of this name.
    ///
    /// - Throws: ``ReadingProblem`` where two are called so.
    func column(_ name: String) throws(ReadingProblem) -> Int? {
        let found = names.indices.filter { names[$0] == name }
        guard found.count < 2 else {
            throw ReadingProblem(file: file, line: 1, problem: "has the column '\(name)' twice")
        }
        return found.first
    }

    /// Three columns, or nil where the first is not there.
    ///
    /// - Throws: ``ReadingProblem`` where only some are there.
    func three(_ names: [String]) throws(ReadingProblem) -> [Int]? {
        var columns: [Int] = []
        var missing: [String] = []
        for name in names {
            if let column = try column(name) { columns.append(column) } else { missing.append(name) }
        }
        if columns.isEmpty { return nil }
        guard let first = missing.first else { return columns }
        throw ReadingProblem(file: file, line: 1, problem: "has no column '\(first)' beside its fellows")
    }

    private static func name(_ cell: ArraySlice<UInt8>) -> String {
        let text = String(decoding: cell, as: UTF8.self)
        var name = text.drop { $0 == " " || $0 == "\"" }
        while let last = name.last, last == " " || last == "\"" { name.removeLast() }
        return String(name)
    }

    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let tabulator = UInt8(ascii: "\t")
}
