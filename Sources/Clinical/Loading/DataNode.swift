// SPDX-License-Identifier: Apache-2.0
import Yams

/// One place in a data file, which knows its file and line so that a refusal can say them.
package struct DataNode {
    let node: Node
    package let file: String

    /// - Throws: ``LoadError`` where the text is no YAML, or says one key twice.
    package init(text: String, file: String) throws(LoadError) {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw LoadError(file: file, line: nil, problem: "is empty")
            }
            self.init(node: node, file: file)
        } catch let error as LoadError {
            throw error
        } catch let error as YamlError {
            throw Self.refusal(of: error, file: file)
        } catch {
            throw LoadError(file: file, line: nil, problem: "is not YAML")
        }
    }

    init(node: Node, file: String) {
        self.node = node
        self.file = file
    }

    package var line: Int? { node.mark?.line }

    package var isScalar: Bool { node.scalar != nil }
    package var isList: Bool { node.sequence != nil }

    package func refused(_ problem: String) -> LoadError {
        LoadError(file: file, line: line, problem: problem)
    }

    package func text() throws(LoadError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw refused("expected a text") }
        return text
    }

    package func number() throws(LoadError) -> Double {
        guard let scalar = node.scalar, let number = Double(scalar.string), number.isFinite else {
            throw refused("expected a number, found \(found)")
        }
        return number
    }

    /// A number that a field may hold; beyond the range it can only be a slip.
    package func number(in range: ClosedRange<Double>, whole: Bool = false) throws(LoadError) -> Double {
        let number = try number()
        guard range.contains(number), !whole || number == number.rounded() else {
            throw refused(
                "expected a \(whole ? "whole " : "")number from \(range.lowerBound.plain) to "
                    + "\(range.upperBound.plain), found \(found)")
        }
        return number
    }

    /// - Throws: ``LoadError`` where something of this name stands above already.
    package func refuse(_ name: some CustomStringConvertible, ifTaken isTaken: Bool) throws(LoadError) {
        if isTaken { throw refused("'\(name)' is there twice") }
    }

    package func integer() throws(LoadError) -> Int {
        guard let scalar = node.scalar, let number = Int(scalar.string) else {
            throw refused("expected a whole number, found \(found)")
        }
        return number
    }

    package func flag() throws(LoadError) -> Bool {
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default: throw refused("expected true or false, found \(found)")
        }
    }

    /// One word of a closed list.
    package func choice<Choice: RawRepresentable & CaseIterable>(of type: Choice.Type = Choice.self)
        throws(LoadError)
        -> Choice where Choice.RawValue == String
    {
        let text = try text()
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw refused("unknown word '\(text)'; expected one of: \(known)")
        }
        return choice
    }

    package func list() throws(LoadError) -> [DataNode] {
        guard let sequence = node.sequence else { throw refused("expected a list, found \(found)") }
        return sequence.map { DataNode(node: $0, file: file) }
    }

    /// The pairs of a mapping whose keys are free, in the order of the file.
    package func entries() throws(LoadError) -> [(key: String, value: DataNode)] {
        guard let mapping = node.mapping else { throw refused("expected keys and values, found \(found)") }
        var entries: [(key: String, value: DataNode)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                throw LoadError(file: file, line: key.mark?.line, problem: "a key must be a plain word")
            }
            entries.append((name, DataNode(node: value, file: file)))
        }
        return entries
    }

    /// A mapping with a closed set of keys.
    package func fields(_ keys: String...) throws(LoadError) -> Fields {
        try Fields(self, keys: keys)
    }

    private var found: String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
        case .mapping: "keys and values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    private static func refusal(of error: YamlError, file: String) -> LoadError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            LoadError(file: file, line: mark.line, problem: "is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            LoadError(
                file: file, line: context.mark.line,
                problem: "says \(duplicates.map { "'\($0)'" }.joined(separator: ", ")) twice")
        default:
            LoadError(file: file, line: nil, problem: "is not YAML")
        }
    }
}

/// The values of a mapping with a closed set of keys; a misspelt key is refused, not ignored.
package struct Fields {
    let node: DataNode
    private let values: [String: DataNode]

    fileprivate init(_ node: DataNode, keys: [String]) throws(LoadError) {
        var values: [String: DataNode] = [:]
        for (key, value) in try node.entries() {
            guard keys.contains(key) else {
                throw LoadError(
                    file: node.file, line: value.line ?? node.line,
                    problem: "unknown key '\(key)'; expected one of: \(keys.joined(separator: ", "))")
            }
            values[key] = value
        }
        self.node = node
        self.values = values
    }

    package subscript(key: String) -> DataNode? { values[key] }

    package func required(_ key: String) throws(LoadError) -> DataNode {
        guard let value = values[key] else { throw node.refused("'\(key)' is missing") }
        return value
    }

    /// Refuses these keys, which mean nothing beside the one that was read: left standing, they would be ignored.
    package func refuse(_ keys: [String], beside key: String) throws(LoadError) {
        guard let stray = keys.first(where: { $0 != key && values[$0] != nil }) else { return }
        throw node.refused("'\(stray)' means nothing beside '\(key)'")
    }

    /// The only one of these keys that is there.
    package func exactlyOne(of keys: [String]) throws(LoadError) -> String {
        let present = keys.filter { values[$0] != nil }
        guard present.count == 1 else {
            throw node.refused("needs exactly one of: \(keys.joined(separator: ", "))")
        }
        return present[0]
    }
}
