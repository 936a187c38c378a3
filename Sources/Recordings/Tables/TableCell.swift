// SPDX-License-Identifier: Apache-2.0

/// One cell of a table of numbers.
enum TableCell {
    /// The number of a cell, with `index` left on what ends the cell; NaN for NaN and for an empty cell.
    static func value(
        _ bytes: borrowing Span<UInt8>, at index: inout Int, separator: UInt8, comma: Bool
    ) -> Double? {
        let start = index
        // Almost every cell is a number and nothing else.
        if let number = DecimalNumber.read(bytes, at: &index, comma: comma), index < bytes.count,
            bytes[index] == separator || bytes[index] == TableHead.newline
        {
            return number
        }
        index = start
        return padded(bytes, at: &index, separator: separator, comma: comma)
    }

    /// The same of a cell with spaces or quotes about its number, with none, or at the end of the file.
    private static func padded(
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
    static func skip(
        _ bytes: borrowing Span<UInt8>, at index: inout Int, separator: UInt8
    ) {
        var isQuoted = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == TableHead.newline { return }
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == separator && !isQuoted { return }
            index += 1
        }
    }

    /// What stands in a cell, short enough for a message.
    static func quoted(
        _ bytes: borrowing Span<UInt8>, column: Int, _ separator: UInt8
    ) -> String {
        var index = 0
        for _ in 0..<column {
            skip(bytes, at: &index, separator: separator)
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
