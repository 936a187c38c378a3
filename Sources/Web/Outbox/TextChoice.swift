// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// Whether somebody wants text messages, and the button that changes it.
///
/// There is none where the clinic sends no text messages and nobody has refused any.
struct TextChoice: Sendable {
    let line: String
    let button: String
    /// What the button sends.
    let value: String
    let textsPath: String

    /// - Parameters:
    ///   - visit: Who reads it.
    ///   - path: Where the form goes.
    ///   - refuses: They want none.
    ///   - who: `own` for the person, `desk` for who does it for them.
    init?(_ visit: Visit, path: String, refuses: Bool, who: String = "own") {
        guard refuses || visit.site.clinic.messages.channels.contains(.text) else { return nil }
        let words = visit.words
        line = words["texts.\(who).\(refuses ? "off" : "on")"]
        button = words["texts.\(refuses ? "allow" : "refuse")"]
        value = refuses ? "yes" : "no"
        textsPath = path
    }
}
