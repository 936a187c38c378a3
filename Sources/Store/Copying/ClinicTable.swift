// SPDX-License-Identifier: Apache-2.0

/// A table of the schema as a database has it.
struct ClinicTable: Hashable, Sendable {
    let name: String
    let columns: [String]
    /// The columns of its primary key, which give its rows an order.
    let key: [String]

    /// Every table that the migrations make, in an order in which each refers to earlier ones only.
    ///
    /// A table cannot be made before those it refers to, so that the order of making is one.
    static var names: [String] {
        Migration.all.flatMap(\.tables).compactMap { text in
            text.split(whereSeparator: \.isWhitespace).dropFirst(2).first.map(String.init)
        }
    }

    /// - Throws: ``StoreError/unreadable(_:)`` where the database has no such table.
    static func read(_ name: String, on connection: any Connection) throws -> ClinicTable {
        let rows =
            connection is SQLiteConnection
            ? try connection.rows("SELECT name, pk AS place FROM pragma_table_info(\(name)) ORDER BY name")
            : try connection.rows(
                """
                SELECT a.attname AS name, COALESCE(array_position(x.indkey::int2[], a.attnum) + 1, 0) AS place
                FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
                JOIN pg_namespace n ON n.oid = t.relnamespace
                LEFT JOIN pg_index x ON x.indrelid = t.oid AND x.indisprimary
                WHERE n.nspname = current_schema() AND t.relname = \(name) AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attname
                """)
        let columns = try rows.map { (name: try $0.text("name"), place: try $0.integer("place")) }
        let key = columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name)
        guard !key.isEmpty else { throw StoreError.unreadable("table \(name)") }
        return ClinicTable(name: name, columns: columns.map(\.name), key: key)
    }

    func count(on connection: any Connection) throws -> Int {
        try connection.row("SELECT COUNT(*) AS number FROM \(name: name)")?.integer("number") ?? 0
    }

    /// Gives every row to `body`, in the order of the key, a portion in memory at a time.
    func forEach(on connection: any Connection, _ body: (Row) throws -> Void) throws {
        var last: Row?
        repeat {
            let after: SQL =
                if let last {
                    "WHERE (\(names: key)) > (\(values: try key.map(last.value)))"
                } else {
                    ""
                }
            let rows = try connection.rows(
                """
                SELECT \(names: columns) FROM \(name: name) \(after) ORDER BY \(names: key) LIMIT \(Self.portion)
                """)
            try rows.forEach(body)
            last = rows.count == Self.portion ? rows.last : nil
        } while last != nil
    }

    func insert(_ row: Row, into connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO \(name: name) (\(names: columns)) VALUES (\(values: try columns.map(row.value)))
            """)
    }

    private static let portion = 200
}

extension SQL.StringInterpolation {
    /// A table's or a column's name, from the database's own catalogue.
    mutating func appendInterpolation(name: String) { appendName(name) }

    mutating func appendInterpolation(names: [String]) {
        for (index, name) in names.enumerated() {
            if index > 0 { appendLiteral(", ") }
            appendName(name)
        }
    }

    mutating func appendInterpolation(values: [Value]) {
        for (index, value) in values.enumerated() {
            if index > 0 { appendLiteral(", ") }
            appendInterpolation(value)
        }
    }
}
