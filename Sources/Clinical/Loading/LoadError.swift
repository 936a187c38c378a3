// SPDX-License-Identifier: Apache-2.0

/// A data file that cannot be trusted: what is wrong, and where.
public struct LoadError: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// 1-based; nil where the file as a whole is meant.
    public let line: Int?
    public let problem: String

    public init(file: String, line: Int?, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    public var description: String {
        if let line { "\(file):\(line): \(problem)" } else { "\(file): \(problem)" }
    }
}
