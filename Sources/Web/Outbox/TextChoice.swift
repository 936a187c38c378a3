// SPDX-License-Identifier: Apache-2.0
import Clinical

/// Whether somebody wants text messages, and the button that changes it.
struct TextChoice: Sendable {
    let line: String
    let button: String
    /// What the button sends.
    let value: String
    let textsPath: String

    /// - Parameters:
    ///   - words: The reader's.
    ///   - path: Where the form goes.
    ///   - refuses: They want none.
    ///   - who: `own` for the person, `desk` for who does it for them.
    init(_ words: Words, path: String, refuses: Bool, who: String = "own") {
        line = words["texts.\(who).\(refuses ? "off" : "on")"]
        button = words["texts.\(refuses ? "allow" : "refuse")"]
        value = refuses ? "yes" : "no"
        textsPath = path
    }
}
