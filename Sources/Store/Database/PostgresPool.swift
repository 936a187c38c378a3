// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A few sessions, and a line of those who wait for one.
final class PostgresPool: Sendable {
    private struct Waiting {
        let number: Int
        let continuation: CheckedContinuation<PostgresSession, any Error>
    }

    private struct State {
        /// The last one used first: its connection is made, and others may stay unmade.
        var idle: [PostgresSession]
        var waiting: [Waiting] = []
        var next = 0
        var isClosed = false
    }

    private let limits: PostgresLimits
    private let state: Mutex<State>

    init(_ address: PostgresAddress, limits: PostgresLimits) {
        self.limits = limits
        let outage = PostgresOutage()
        state = Mutex(
            State(
                idle: (0..<max(limits.connections, 1)).map { _ in
                    PostgresSession(address, limits: limits, outage: outage)
                }))
    }

    /// - Throws: ``StoreError/busy`` where the line is full or too slow.
    func take() async throws -> PostgresSession {
        if let session = try state.withLock({ state in
            if state.isClosed { throw StoreError.unavailable(code: 0) }
            return state.waiting.isEmpty ? state.idle.popLast() : nil
        }) {
            return session
        }
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        let impatience = Task {
            try await Task.sleep(for: .seconds(limits.waitSeconds))
            giveUp(number)
        }
        defer { impatience.cancel() }
        return try await withCheckedThrowingContinuation { continuation in
            let answer: Result<PostgresSession, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(StoreError.unavailable(code: 0)) }
                if state.waiting.isEmpty, let session = state.idle.popLast() { return .success(session) }
                if state.waiting.count >= limits.waiting { return .failure(StoreError.busy) }
                state.waiting.append(Waiting(number: number, continuation: continuation))
                return nil
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    /// Gives the session to whoever has waited longest.
    func giveBack(_ session: PostgresSession) {
        let next = state.withLock { state -> Waiting? in
            if state.isClosed { return nil }
            if state.waiting.isEmpty {
                state.idle.append(session)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume(returning: session)
    }

    /// Lets the sessions go; their connections end with them.
    func close() {
        let waiting = state.withLock { state in
            defer { (state.idle, state.waiting, state.isClosed) = ([], [], true) }
            return state.waiting
        }
        for one in waiting { one.continuation.resume(throwing: StoreError.unavailable(code: 0)) }
    }

    private func giveUp(_ number: Int) {
        let one = state.withLock { state -> Waiting? in
            guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiting.remove(at: index)
        }
        one?.continuation.resume(throwing: StoreError.busy)
    }
}
