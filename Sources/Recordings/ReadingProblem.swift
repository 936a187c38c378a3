// SPDX-License-Identifier: Apache-2.0

/// A file that is no usable recording: what is wrong, where, and what was expected.
package struct ReadingProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// 1-based; nil where the file as a whole is meant.
    package let line: Int?
    package let problem: String

    package init(file: String, line: Int? = nil, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String {
        if let line { "\(file):\(line): \(problem)" } else { "\(file): \(problem)" }
    }
}
