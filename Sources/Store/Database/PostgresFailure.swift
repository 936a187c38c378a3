// SPDX-License-Identifier: Apache-2.0

/// What PostgreSQL answered instead of rows, or that its answer never came.
struct PostgresFailure: Error {
    /// The SQLSTATE; class 08 where the connection was lost.
    let state: String
    /// The server's own words; they can hold values, so only a rule of our schema is quoted from them.
    var message = ""
    var table: String?
    var column: String?
    var constraint: String?

    static let lost = PostgresFailure(state: "08006")

    /// The transaction was refused for another one's sake; it may pass when it is run again.
    var isForAnothersSake: Bool { state == "40001" || state == "40P01" }

    /// The server or the connection to it went; of a commit it is then not known whether it happened.
    var isLoss: Bool { state.hasPrefix("08") || ["57P01", "57P02", "57P03"].contains(state) }

    /// The connection is of no use any more, even where it still stands: the server is going, or is no longer
    /// the one that takes writes.
    var endsConnection: Bool { isLoss || state == "25006" }
}

extension StoreError {
    /// - Parameters:
    ///   - failure: What the server said.
    ///   - database: Its name for messages.
    ///   - keys: The columns of each unique index, by the index's name.
    init(_ failure: PostgresFailure, database: String, keys: [String: String]) {
        let constraint = failure.constraint ?? failure.table ?? ""
        self =
            switch failure.state {
            case "23505": .duplicate(keys[constraint] ?? constraint)
            case "23P01": .overlap(failure.table ?? constraint)
            // SQLite's words, which name no key: one text for one rule on both.
            case "23503": .refused("FOREIGN KEY constraint failed")
            case "23502": .refused("\(failure.table ?? "").\(failure.column ?? "")")
            case _ where failure.state.hasPrefix("23"): .refused(constraint)
            // Raised by our own triggers, whose sentences hold no values.
            case "P0001": .refused(failure.message)
            case "40001", "40P01", "55P03", "57014", "53200", "53300": .busy
            case "53100": .full
            case "25006": .readOnly
            case "42501":
                .unfit(
                    database: database,
                    reason: "this user may not make or change its tables; let the user own the database")
            case _ where failure.isLoss: .unreachable(database: database, reason: "the connection was lost")
            default: .unreachable(database: database, reason: "SQLSTATE \(failure.state)")
            }
    }
}
