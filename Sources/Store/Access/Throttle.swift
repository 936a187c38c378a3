// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Foundation

/// Slows down who guesses.
///
/// An attempt is counted as a failure before it is made and forgiven when it succeeds, so that many attempts
/// at once are counted like many in a row.
package struct Throttle: Sendable {
    /// What is counted: an account by the name that was typed, or the address that an attempt came from.
    package struct Key: Hashable, Sendable {
        let text: String
        let hardStop: Int?
        let isForgotten: Bool

        /// An account; right away from the name as typed, so that unknown names are treated alike.
        ///
        /// Kept as a hash: people type their password into the wrong field.
        package static func account(_ name: String) -> Key {
            let digest = SHA256.hash(data: Data(Account.folded(email: name).utf8))
            return Key(text: "account:" + Hex.text(digest), hardStop: 100, isForgotten: true)
        }

        /// An address; never stopped for good, because a whole house may share it.
        package static func address(_ address: String) -> Key {
            Key(text: "address:" + address, hardStop: nil, isForgotten: false)
        }
    }

    package enum Answer: Hashable, Sendable {
        case go
        case wait(until: Date)
        /// Until a member of staff resets it.
        case stopped
    }

    /// Failures within a window that are let through.
    static let failuresPerWindow = 10
    static let windowSeconds = 15 * 60.0
    /// The first wait; each further failure doubles it.
    static let firstWaitSeconds = 60.0
    static let longestWaitSeconds = 3600.0

    private let database: any Database

    package init(_ database: any Database) { self.database = database }

    /// Asks for an attempt, and counts it where it is let through.
    ///
    /// - Returns: The strictest answer of all keys; nothing is counted unless it is ``Answer/go``.
    package func attempt(_ keys: [Key], now: Date) async throws -> Answer {
        try await database.write { connection in
            try connection.serialize(keys.map { "throttle \($0.text)" })
            let counts = try keys.map { try Count($0, on: connection) }
            var answer = Answer.go
            for (key, count) in zip(keys, counts) {
                answer = Self.stricter(answer, count.answer(key, now: now))
            }
            guard answer == .go else { return answer }
            for (key, count) in zip(keys, counts) { try count.failed(now: now).write(key, on: connection) }
            return .go
        }
    }

    /// What an attempt would be answered; counts nothing.
    package func answer(_ key: Key, now: Date) async throws -> Answer {
        try await database.read { try Count(key, on: $0).answer(key, now: now) }
    }

    /// The attempt was right: the account's failures are forgotten, the address is given this one back.
    package func succeeded(_ keys: [Key]) async throws {
        try await database.write { connection in
            for key in keys {
                if key.isForgotten {
                    try connection.execute("DELETE FROM throttle WHERE key = \(key.text)")
                } else {
                    try connection.execute(
                        """
                        UPDATE throttle SET failures = failures - 1, consecutive = consecutive - 1,
                            blocked_until = NULL
                        WHERE key = \(key.text) AND failures > 0 AND consecutive > 0
                        """)
                }
            }
        }
    }

    /// A member of staff lets an account try again.
    package func reset(_ key: Key) async throws {
        try await database.write { try $0.execute("DELETE FROM throttle WHERE key = \(key.text)") }
    }

    private static func stricter(_ left: Answer, _ right: Answer) -> Answer {
        switch (left, right) {
        case (.stopped, _), (_, .stopped): .stopped
        case (.wait(let first), .wait(let second)): .wait(until: max(first, second))
        case (.wait, .go): left
        case (.go, _): right
        }
    }
}

/// The failures of one key.
private struct Count {
    var failures = 0
    var consecutive = 0
    var windowStart: Date?
    var blockedUntil: Date?

    init(_ key: Throttle.Key, on connection: any Connection) throws {
        let row = try connection.row(
            """
            SELECT failures, consecutive, window_start, blocked_until FROM throttle WHERE key = \(key.text)
            """)
        guard let row else { return }
        failures = try row.integer("failures")
        consecutive = try row.integer("consecutive")
        windowStart = try row.date("window_start")
        blockedUntil = try row.dateIfPresent("blocked_until")
    }

    func answer(_ key: Throttle.Key, now: Date) -> Throttle.Answer {
        if let hardStop = key.hardStop, consecutive >= hardStop { return .stopped }
        if let blockedUntil, blockedUntil > now { return .wait(until: blockedUntil) }
        return .go
    }

    func failed(now: Date) -> Count {
        var next = self
        next.consecutive += 1
        if let windowStart, now.timeIntervalSince(windowStart) < Throttle.windowSeconds, now >= windowStart {
            next.failures += 1
        } else if let blockedUntil, now.timeIntervalSince(blockedUntil) < Throttle.windowSeconds {
            // A wait that outlasts the window does not end what led to it.
            next.failures += 1
            next.windowStart = now
        } else {
            next.failures = 1
            next.windowStart = now
        }
        let excess = next.failures - Throttle.failuresPerWindow
        let wait = min(Throttle.firstWaitSeconds * pow(2, Double(excess)), Throttle.longestWaitSeconds)
        next.blockedUntil = excess >= 0 ? now.addingTimeInterval(wait) : nil
        return next
    }

    func write(_ key: Throttle.Key, on connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO throttle (key, failures, consecutive, window_start, blocked_until)
            VALUES (\(key.text), \(failures), \(consecutive), \(windowStart), \(blockedUntil))
            ON CONFLICT (key) DO UPDATE SET failures = excluded.failures,
                consecutive = excluded.consecutive, window_start = excluded.window_start,
                blocked_until = excluded.blocked_until
            """)
    }
}
