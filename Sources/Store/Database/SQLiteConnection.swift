// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A connection to an SQLite file.
struct SQLiteConnection: Connection {
    let database: GRDB.Database

    func rows(_ sql: SQL) throws -> [Row] {
        let statement = try prepared(sql)
        let columns = statement.columnNames
        var rows: [Row] = []
        let cursor = try GRDB.Row.fetchCursor(statement)
        while let row = try cursor.next() {
            rows.append(Row(columns: columns, values: try columns.indices.map { try Self.value(row[$0]) }))
        }
        return rows
    }

    @discardableResult func execute(_ sql: SQL) throws -> Int {
        try prepared(sql).execute()
        return database.changesCount
    }

    func define(_ statement: String) throws { try database.execute(sql: statement) }

    // A write transaction begins IMMEDIATE: there is one at a time.
    func hold(_ keys: [String]) {}

    private func prepared(_ sql: SQL) throws -> Statement {
        let (text, values) = try sql.rendered { _ in "?" }
        let statement = try database.cachedStatement(sql: text)
        try statement.setArguments(StatementArguments(values.map(Self.parameter)))
        return statement
    }

    private static func parameter(_ value: Value) -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    private static func value(_ value: DatabaseValue) throws -> Value {
        switch value.storage {
        case .null: return .null
        case .int64(let number): return .integer(Int(number))
        case .string(let text): return .text(text)
        case .double, .blob: throw StoreError.unreadable("a column that is neither text nor integer")
        }
    }
}
