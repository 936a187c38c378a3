// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// One row of an answer, read by the names of its columns.
package struct Row: Sendable {
    let columns: [String]
    let values: [Value]

    package func text(_ column: String) throws -> String {
        guard case .text(let text) = try value(column) else { throw StoreError.unreadable(column) }
        return text
    }

    package func textIfPresent(_ column: String) throws -> String? {
        try value(column) == .null ? nil : text(column)
    }

    package func integer(_ column: String) throws -> Int {
        guard case .integer(let number) = try value(column) else { throw StoreError.unreadable(column) }
        return number
    }

    package func integerIfPresent(_ column: String) throws -> Int? {
        try value(column) == .null ? nil : integer(column)
    }

    package func date(_ column: String) throws -> Date {
        guard let instant = Instant(try text(column)) else { throw StoreError.unreadable(column) }
        return instant.date
    }

    package func dateIfPresent(_ column: String) throws -> Date? {
        try value(column) == .null ? nil : date(column)
    }

    /// A column whose texts are the cases of an enum.
    package func one<Case: RawRepresentable<String>>(of type: Case.Type = Case.self, _ column: String) throws
        -> Case
    {
        guard let one = Case(rawValue: try text(column)) else { throw StoreError.unreadable(column) }
        return one
    }

    package func value(_ column: String) throws -> Value {
        guard let index = columns.firstIndex(of: column) else { throw StoreError.unreadable(column) }
        return values[index]
    }
}
