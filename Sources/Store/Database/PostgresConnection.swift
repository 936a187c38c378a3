// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Foundation

/// One libpq connection, used by one thread at a time.
///
/// Values travel as parameters of the protocol (`PQsendPrepare` and `PQsendQueryPrepared`, or
/// `PQsendQueryParams`: what `PQexecParams` sends, with our own deadline for the answer instead of none).
final class PostgresConnection: Connection {
    private let handle: OpaquePointer
    private let limits: PostgresLimits
    private var prepared: [Form: String] = [:]
    /// The answer never came, or the server is going: to be replaced.
    private(set) var isBroken = false
    /// What refused the last statement that failed.
    private(set) var lastFailure: PostgresFailure?

    /// A statement is prepared once for each set of types, because a null has none.
    private struct Form: Hashable {
        let text: String
        let types: [Oid]
    }

    /// Connects; blocks for as long as the address's `connect_timeout`.
    init(_ address: PostgresAddress, limits: PostgresLimits) throws {
        self.limits = limits
        let options = address.options.sorted { $0.key < $1.key }
        let connected = Self.withTexts(options.map { $0.key }) { keywords in
            Self.withTexts(options.map { $0.value }) { values in PQconnectdbParams(keywords, values, 0) }
        }
        guard let connected else { throw StoreError.busy }
        handle = connected
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard PQstatus(handle) == CONNECTION_OK else {
            throw StoreError.unreachable(database: address.name, reason: Self.reason(connected, address))
        }
        guard PQsslInUse(handle) == 1 || PostgresAddress.isLocal(String(cString: PQhost(handle))) else {
            throw StoreError.address("the server that it leads to is on another machine and not encrypted")
        }
        PQsetnonblocking(handle, 1)
    }

    deinit { PQfinish(handle) }

    // MARK: Connection

    func rows(_ sql: SQL) throws -> [Row] {
        let (text, values) = try sql.rendered { "$\($0)" }
        return try answer(text, values).rows()
    }

    @discardableResult func execute(_ sql: SQL) throws -> Int {
        let (text, values) = try sql.rendered { "$\($0)" }
        return try answer(text, values).changes
    }

    func define(_ statement: String) throws { _ = try once(statement, []) }

    // One way there and back for all keys. The inner question puts them in order before the first is locked. The
    // schema's name belongs to the key: advisory locks are common to a whole database.
    func hold(_ keys: [String]) throws {
        _ = try rows(
            """
            SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || name, 0))::text FROM (
                SELECT key.name FROM unnest(string_to_array(\(keys.joined(separator: "\n")), chr(10)))
                    WITH ORDINALITY AS key (name, place) ORDER BY key.place
            ) AS ordered
            """)
    }

    // MARK: what the session asks

    /// Whether it can still be used, as far as can be told without asking the server.
    ///
    /// A server that stopped has said so, or closed: then there is something to read while nothing is asked.
    func isAlive() -> Bool {
        while !isBroken {
            guard PQstatus(handle) == CONNECTION_OK, PQtransactionStatus(handle) == PQTRANS_IDLE else {
                break
            }
            var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            if poll(&socket, 1, 0) == 0 { return true }
            if PQconsumeInput(handle) == 0 { break }
        }
        return false
    }

    /// Runs a statement without parameters or rows.
    ///
    /// - Returns: What the server says it did, such as `COMMIT`.
    @discardableResult func command(_ text: String) throws -> String { try answer(text, []).tag }

    /// Forgets what failed; a transaction begins.
    func begin(_ text: String) throws {
        lastFailure = nil
        try command(text)
    }

    // MARK: asking

    private func answer(_ text: String, _ values: [Value]) throws -> PostgresAnswer {
        let form = Form(text: text, types: values.map(Self.type))
        if let name = prepared[form] {
            return try ask(values) { PQsendQueryPrepared($0, name, $1, $2, nil, nil, 0) }
        }
        guard prepared.count < limits.preparedStatements else { return try once(text, values) }
        let name = "s\(prepared.count)"
        _ = try ask([]) { handle, _, _ in
            PQsendPrepare(handle, name, text, Int32(form.types.count), form.types)
        }
        prepared[form] = name
        return try ask(values) { PQsendQueryPrepared($0, name, $1, $2, nil, nil, 0) }
    }

    private func once(_ text: String, _ values: [Value]) throws -> PostgresAnswer {
        let types = values.map(Self.type)
        return try ask(values) { PQsendQueryParams($0, text, $1, types, $2, nil, nil, 0) }
    }

    private typealias Texts = UnsafePointer<UnsafePointer<CChar>?>

    private func ask(_ values: [Value], _ send: (OpaquePointer, Int32, Texts?) -> Int32) throws
        -> PostgresAnswer
    {
        let sent = Self.withTexts(values.map(Self.text)) { send(handle, Int32(values.count), $0) }
        guard sent == 1 else { throw failed(.lost) }
        let deadline = ContinuousClock.now + .seconds(limits.statementSeconds + limits.graceSeconds)
        do {
            while PQflush(handle) == 1 { try wait(for: POLLIN | POLLOUT, until: deadline) }
            var first: PostgresAnswer?
            while true {
                while PQisBusy(handle) == 1 { try wait(for: POLLIN, until: deadline) }
                guard let result = PQgetResult(handle) else { break }
                let next = PostgresAnswer(result)
                if first?.failure == nil { first = next }
            }
            guard let first, PQstatus(handle) == CONNECTION_OK else { throw first?.failure ?? .lost }
            if let failure = first.failure { throw failure }
            return first
        } catch let failure as PostgresFailure {
            throw failed(failure)
        }
    }

    private func wait(for events: Int32, until deadline: ContinuousClock.Instant) throws {
        let left = (deadline - .now) / .milliseconds(1)
        var socket = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
        let ready = left > 0 ? poll(&socket, 1, Int32(left.rounded(.up))) : 0
        if ready < 0, errno == EINTR { return }
        guard ready > 0, socket.revents & Int16(POLLIN) == 0 || PQconsumeInput(handle) == 1 else {
            isBroken = true
            throw PostgresFailure.lost
        }
    }

    private func failed(_ failure: PostgresFailure) -> PostgresFailure {
        lastFailure = failure
        if failure.endsConnection || PQstatus(handle) != CONNECTION_OK { isBroken = true }
        return failure
    }

    // MARK: values

    private static func type(_ value: Value) -> Oid {
        switch value {
        // The server finds out from the place where it stands.
        case .null: 0
        case .integer: PostgresAnswer.int4
        case .text: PostgresAnswer.text
        }
    }

    private static func text(_ value: Value) -> String? {
        switch value {
        case .null: nil
        case .integer(let number): String(number)
        case .text(let text): text
        }
    }

    /// C strings side by side in one piece of memory, and a list of pointers to them that ends with a null.
    private static func withTexts<T>(_ texts: [String?], _ body: (Texts?) -> T) -> T {
        var bytes: [CChar] = []
        var starts: [Int?] = []
        for text in texts {
            starts.append(text == nil ? nil : bytes.count)
            guard let text else { continue }
            bytes.append(contentsOf: text.utf8.lazy.map(CChar.init(bitPattern:)))
            bytes.append(0)
        }
        return bytes.withUnsafeBufferPointer { memory in
            let pointers =
                starts.map { start in start.flatMap { memory.baseAddress?.advanced(by: $0) } } + [nil]
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }

    /// libpq's own last words, which name host and user; a password is taken out, should one be in them.
    private static func reason(_ handle: OpaquePointer, _ address: PostgresAddress) -> String {
        let words = String(cString: PQerrorMessage(handle)).split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "; ")
        guard let password = address.options["password"], !password.isEmpty else { return words }
        return words.replacing(password, with: "…")
    }
}
