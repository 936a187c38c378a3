// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("The loader") struct LoaderTests {
    @Test("refuses, and names file and line", arguments: BrokenFile.all)
    func refuses(broken: BrokenFile) throws {
        let files = try broken.files()
        let error = #expect(throws: LoadError.self) { try Pathway(files: files) }
        #expect(error?.file == broken.file)
        #expect(error?.problem.contains(broken.says) == true, "\(error?.problem ?? "accepted")")
        if let line = try broken.line(in: files[broken.file] ?? "") { #expect(error?.line == line) }
    }

    @Test("names the second of two")
    func namesTheSecond() throws {
        for broken in BrokenFile.all where broken.says.hasSuffix("twice") && broken.lineOf == nil {
            let files = try broken.files()
            let error = #expect(throws: LoadError.self) { try Pathway(files: files) }
            let lines = (files[broken.file] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            let name = try #require(broken.says.split(separator: "'").first)
            let second = try #require(lines.lastIndex { $0.contains("id: \(name)") })
            #expect(error?.line == second + 1, "\(broken.testDescription)")
        }
    }

    /// All but the translations, which a pathway may do without.
    static let needed = Pathway.bundledFiles("calf-tear").keys
        .filter { !$0.hasPrefix("words/") || $0 == "words/en.yaml" }.sorted()

    @Test("refuses a pathway that lacks a file", arguments: needed)
    func missingFile(name: String) {
        var files = Pathway.bundledFiles("calf-tear")
        files[name] = nil
        let error = #expect(throws: LoadError.self) { try Pathway(files: files) }
        #expect(error == LoadError(file: name, line: nil, problem: "is missing"))
    }

    @Test("says file, line and problem in one line, as a compiler does")
    func description() {
        #expect("\(LoadError(file: "a.yaml", line: 7, problem: "is odd"))" == "a.yaml:7: is odd")
        #expect("\(LoadError(file: "a.yaml", line: nil, problem: "is empty"))" == "a.yaml: is empty")
    }

    @Test("leaves the pathway unsigned: only a clinic's own signature vouches for it")
    func unsigned() throws { #expect(try calfTear().signedBy == nil) }
}
