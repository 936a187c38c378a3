// SPDX-License-Identifier: Apache-2.0
import CPostgres

/// What the server answered to one statement; its memory goes with it.
final class PostgresAnswer {
    static let text: Oid = 25
    static let int4: Oid = 23

    private let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    /// nil where it did what was asked.
    var failure: PostgresFailure? {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: nil
        default:
            PostgresFailure(
                state: field("C") ?? PostgresFailure.lost.state, message: field("M") ?? "",
                table: field("t"), column: field("c"), constraint: field("n"))
        }
    }

    /// What was done, such as `COMMIT` or `INSERT 0 1`.
    var tag: String { String(cString: PQcmdStatus(result)) }

    /// How many rows were inserted, updated or deleted.
    var changes: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    func rows() throws -> [Row] {
        let width = PQnfields(result)
        let columns = (0..<width).map { String(cString: PQfname(result, $0)) }
        let types = (0..<width).map { PQftype(result, $0) }
        return try (0..<PQntuples(result)).map { row in
            Row(columns: columns, values: try (0..<width).map { try value(row, $0, types[Int($0)]) })
        }
    }

    private func value(_ row: Int32, _ column: Int32, _ type: Oid) throws -> Value {
        guard PQgetisnull(result, row, column) == 0, let bytes = PQgetvalue(result, row, column) else {
            return .null
        }
        switch type {
        // text, name, varchar, char(n)
        case Self.text, 19, 1043, 1042: return .text(String(cString: bytes))
        // int8, int2, int4
        case 20, 21, Self.int4:
            if let number = Int(String(cString: bytes)) { return .integer(number) }
        // A comparison is a number in SQLite.
        case 16: return .integer(bytes.pointee == CChar(bitPattern: UInt8(ascii: "t")) ? 1 : 0)
        default: break
        }
        throw StoreError.unreadable("a column that is neither text nor integer")
    }

    /// A field of an error, by the letters of the protocol: C state, M message, t table, c column, n constraint.
    private func field(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
    }
}
