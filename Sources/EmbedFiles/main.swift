// SPDX-License-Identifier: Apache-2.0
// Writes one Swift file that holds the given text files as string literals.
// Usage: EmbedFiles ROOT OUTPUT FILE... ; each FILE is named by its path below ROOT.

import Foundation

let arguments = CommandLine.arguments
guard arguments.count > 3 else {
    FileHandle.standardError.write(Data("usage: EmbedFiles ROOT OUTPUT FILE...\n".utf8))
    exit(64)
}
let root = arguments[1].hasSuffix("/") ? arguments[1] : arguments[1] + "/"

/// A raw literal with more `#` than any run inside the text, so that nothing in it is an escape.
func literal(_ text: String) -> String {
    var longest = 0
    var run = 0
    for character in text {
        run = character == "#" ? run + 1 : 0
        longest = max(longest, run)
    }
    let fence = String(repeating: "#", count: longest + 1)
    return "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
}

var lines = [
    "/// The files of this module's data folder, compiled in: path below the folder → text.",
    "enum EmbeddedFiles {",
    "    static let all: [String: String] = ["
]
for path in arguments.dropFirst(3).sorted() {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let name = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
    lines.append("\(literal(name)): \(literal(text)),")
}
lines += ["    ]", "}", ""]
try lines.joined(separator: "\n").write(toFile: arguments[2], atomically: true, encoding: .utf8)
