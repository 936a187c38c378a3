// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

/// One slip in one data file, and what the person who made it must read.
struct BrokenFile: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let file: String
    /// Replaced by `new` where it stands first; nil replaces the whole file.
    let old: String?
    let new: String
    /// Stands in the line that the message must name; nil: the file as a whole.
    let lineOf: String?
    let says: String

    init(_ title: String, _ file: String, _ old: String?, _ new: String, at lineOf: String?, _ says: String) {
        testDescription = title
        self.file = file
        self.old = old
        self.new = new
        self.lineOf = lineOf
        self.says = says
    }

    func files() throws -> [String: String] {
        var files = Pathway.bundledFiles("calf-tear")
        guard let old else {
            files[file] = new
            return files
        }
        let text = try #require(files[file])
        let range = try #require(text.firstRange(of: old), "'\(old)' is no longer in \(file)")
        files[file] = text.replacingCharacters(in: range, with: new)
        return files
    }

    /// The line that holds `lineOf`, counted in the broken file from the change on.
    func line(in text: String) throws -> Int? {
        guard let lineOf else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let index = try #require(lines.firstIndex { $0.contains(lineOf) }, "'\(lineOf)' is not in \(file)")
        return index + 1
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
