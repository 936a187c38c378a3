// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Mustache
import NIOCore

/// The templates of every language, made once at start.
///
/// A template says `[[key]]` where a text of the catalogue stands. The texts are put in, escaped, when the library
/// is made, so a missing one stops the start and not a patient.
struct PageLibrary: Sendable {
    private let libraries: [String: MustacheLibrary]
    private let words: [String: Words]

    private static let pagesFolder = "templates/pages/"
    private static let partsFolder = "templates/parts/"

    private static let loaded = Result { try PageLibrary(files: EmbeddedFiles.all) }

    /// What comes with the program, read once a process however many sites it serves.
    ///
    /// - Throws: As ``init(files:)``.
    static func embedded() throws -> PageLibrary { try loaded.get() }

    /// - Parameter files: Path → text: `words/<language>/<feature>.yaml`, `templates/…`, `figures/…`, `icons/…`.
    /// - Throws: ``LoadError`` with file and line, or what the template parser refuses.
    init(files: [String: String]) throws {
        MustacheContentTypes.register(DataBlock(), named: DataBlock.name)
        var words = try Self.catalogues(files)
        // A text that a language lacks is read in English rather than not at all; a test names it.
        if let english = words["en"] {
            for (language, own) in words {
                var all = english
                all.merge(own)
                words[language] = all
            }
        }
        self.words = words
        var libraries: [String: MustacheLibrary] = [:]
        for (language, words) in words { libraries[language] = try Self.library(files, words) }
        self.libraries = libraries
    }

    /// The texts of every language as the files say them.
    ///
    /// - Throws: ``LoadError`` where two files of a language have a text for one key.
    static func catalogues(_ files: [String: String]) throws -> [String: Words] {
        var words: [String: Words] = [:]
        for (path, text) in files.sorted(by: { $0.key < $1.key }) where path.hasPrefix("words/") {
            let language = String(path.split(separator: "/")[1])
            let added = try Words(yaml: text, file: path)
            // Which of two texts were shown would be up to chance.
            if let twice = added.keys.filter({ words[language]?.has($0) == true }).min() {
                throw LoadError(
                    file: path, line: 1, problem: "'\(twice)' has a text in another file of '\(language)'")
            }
            words[language, default: Words()].merge(added)
        }
        return words
    }

    /// The language itself where there is a catalogue for it, else English.
    func language(_ wanted: String) -> String { libraries[wanted] == nil ? "en" : wanted }

    /// Those that there is a catalogue for.
    var languages: [String] { libraries.keys.sorted() }

    func words(in language: String) -> Words { words[language] ?? Words() }

    func html(_ page: some Page, shell: Shell, language: String) throws -> String {
        guard let library = libraries[language],
            let html = library.render(Framed(shell: shell, page: page), withTemplate: type(of: page).template)
        else { throw Failure.notFound }
        return html
    }

    func response(_ page: some Page, shell: Shell, language: String, status: HTTPResponse.Status) throws
        -> Response
    {
        Self.response(html: try html(page, shell: shell, language: language), status: status)
    }

    static func response(html: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    private struct Framed<Content: Page>: Sendable {
        let shell: Shell
        let page: Content
    }

    private static func library(_ files: [String: String], _ words: Words) throws -> MustacheLibrary {
        var templates: [String: MustacheTemplate] = [:]
        for (path, text) in files {
            if path.hasPrefix(pagesFolder) {
                let framed =
                    "{{<frame}}{{$main}}{{#page}}\(try filled(text, words, path)){{/page}}{{/main}}{{/frame}}"
                templates[name(path, in: pagesFolder)] = try MustacheTemplate(string: framed)
            } else if path.hasPrefix(partsFolder) {
                templates[name(path, in: partsFolder)] = try MustacheTemplate(
                    string: filled(text, words, path))
            } else if path.hasPrefix("figures/") || path.hasPrefix("icons/") {
                templates[String(path.dropLast(".svg".count))] = try MustacheTemplate(string: text)
            }
        }
        return MustacheLibrary(templates: templates)
    }

    private static func name(_ path: String, in folder: String) -> String {
        String(path.dropFirst(folder.count).dropLast(".mustache".count))
    }

    /// The template with every `[[key]]` replaced by its text.
    private static func filled(_ text: String, _ words: Words, _ path: String) throws -> String {
        var lines: [String] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var result = ""
            var rest = line[...]
            while let open = rest.firstRange(of: "[["),
                let close = rest[open.upperBound...].firstRange(of: "]]")
            {
                let key = String(rest[open.upperBound..<close.lowerBound])
                guard words.has(key) else {
                    throw LoadError(
                        file: path, line: index + 1, problem: "no text for '\(key)' in the catalogue")
                }
                result += rest[..<open.lowerBound]
                result += escaped(words[key])
                rest = rest[close.upperBound...]
            }
            lines.append(result + rest)
        }
        return lines.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("{{", with: "&#123;&#123;")
    }
}
