// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// Makes and checks passwords, a few at a time.
///
/// Each takes 64 MiB and a core for a third of a second: two run at once, 32 wait, and more are refused with
/// ``StoreError/busy``, so that a storm of sign-ins does not stop the server.
package struct Passwords: Sendable {
    package enum Verdict: Hashable, Sendable {
        case wrong
        case right
        /// Right, and to be kept anew because today's cost is another.
        case rightButOld
    }

    private let line: WaitingLine
    private let queue = DispatchQueue(label: "soleus.passwords", qos: .utility, attributes: .concurrent)

    package init(atOnce: Int = 2, waiting: Int = 32) {
        line = WaitingLine(places: atOnce, waiting: waiting)
    }

    /// - Throws: ``PasswordRule/Fault``, or ``StoreError/busy``.
    package func hash(_ password: String, besides words: [String] = []) async throws -> PasswordHash {
        if let fault = PasswordRule.fault(in: password, besides: words) { throw fault }
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        return try await run { try PasswordHash(hashing: password, salt: salt) }
    }

    /// Checks a password against an account's hash, or against nobody's in the same time.
    ///
    /// - Parameters:
    ///   - password: As it was typed.
    ///   - hash: nil where there is no such account or it has no password.
    /// - Returns: Whether it is right.
    /// - Throws: ``StoreError/busy``.
    package func check(_ password: String, against hash: PasswordHash?) async throws -> Verdict {
        // Longer than any password that was ever accepted; kept from costing time.
        guard password.utf8.count <= 4 * PasswordRule.maximumLength else { return .wrong }
        let isRight = try await run { try (hash ?? .ofNobody).isOf(password) }
        guard isRight, let hash else { return .wrong }
        return hash.needsRehash ? .rightButOld : .right
    }

    private func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await line.enter()
        let result = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result { try work() }) }
        }
        await line.leave()
        return try result.get()
    }
}

/// A few places, and a line of those who wait for one.
actor WaitingLine {
    private var free: Int
    private let limit: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int, waiting: Int) {
        free = places
        limit = waiting
    }

    /// - Throws: ``StoreError/busy`` where the line is full.
    func enter() async throws {
        if free > 0 {
            free -= 1
        } else if waiting.count < limit {
            await withCheckedContinuation { waiting.append($0) }
        } else {
            throw StoreError.busy
        }
    }

    /// Gives the place to whoever has waited longest.
    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
