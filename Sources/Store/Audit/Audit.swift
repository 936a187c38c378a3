// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation
import Synchronization

/// Records acts, those of one moment in one commit.
///
/// Every request that shows a chart waits for its row: no row, no chart. A commit waits for the disk, so acts
/// that arrive while one is under way share the next one; each caller goes on once its own row is kept, or
/// gets the error.
package final class Audit: Sendable {
    private struct State {
        var waiting: [Waiting] = []
        var isCommitting = false
        /// The newest clock minute of a read.
        var minute = Int.min
        /// The reads of that minute that are kept.
        var covered: Set<Read> = []
    }

    private struct Waiting {
        let act: Act
        let at: Date
        let read: Read?
        let continuation: CheckedContinuation<Void, any Error>
    }

    /// What a later read of the same minute is covered by.
    private struct Read: Hashable {
        let minute: Int
        let session: String
        let actor: Person.ID
        let episode: Episode.ID?
        let page: String
    }

    private let database: any Database
    private let state = Mutex(State())

    package init(_ database: any Database) { self.database = database }

    /// Records an act.
    ///
    /// - Throws: Whatever kept the row from being written; then the act must not be done or shown.
    package func record(_ act: Act, at now: Date) async throws { try await record(act, read: nil, at: now) }

    /// Records that a session read a page: one row per clock minute, however often it is read in it.
    ///
    /// - Parameters:
    ///   - page: Which page, such as `today`; the row's detail.
    ///   - episode: Whose chart; nil for pages about many.
    ///   - session: Whose session, with the person and role who read.
    ///   - now: When.
    /// - Throws: Whatever kept the row from being written; then the page must not be shown.
    package func recordRead(of page: String, episode: Episode.ID?, by session: Session, at now: Date)
        async throws
    {
        let minute = Int((now.timeIntervalSince1970 / 60).rounded(.down))
        let read = Read(
            minute: minute, session: session.hash, actor: session.person, episode: episode, page: page)
        let isCovered = state.withLock { state in
            if state.minute != minute {
                state.minute = minute
                state.covered = []
            }
            return state.covered.contains(read)
        }
        if isCovered { return }
        let act = Act(
            actor: session.person, role: session.role, kind: .read, episode: episode, detail: page)
        try await record(act, read: read, at: now)
    }

    private func record(_ act: Act, read: Read?, at now: Date) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let mustCommit = state.withLock { state in
                state.waiting.append(Waiting(act: act, at: now, read: read, continuation: continuation))
                defer { state.isCommitting = true }
                return !state.isCommitting
            }
            // A task of its own: that one caller is cancelled must not end the others' commit.
            if mustCommit { Task { await commitWhileSomeWait() } }
        }
    }

    private func commitWhileSomeWait() async {
        while let batch = nextBatch() {
            let result: Result<Void, any Error>
            do {
                try await commit(batch)
                result = .success(())
            } catch { result = .failure(error) }
            for waiting in batch { waiting.continuation.resume(with: result) }
        }
    }

    private func nextBatch() -> [Waiting]? {
        state.withLock { state in
            let batch = state.waiting
            state.waiting = []
            state.isCommitting = !batch.isEmpty
            return batch.isEmpty ? nil : batch
        }
    }

    /// Writes one row per act, and one for all reads that cover each other.
    private func commit(_ batch: [Waiting]) async throws {
        var kept = state.withLock { $0.covered }
        let acts = batch.filter { waiting in
            guard let read = waiting.read else { return true }
            return kept.insert(read).inserted
        }.map { (act: $0.act, at: $0.at) }
        if !acts.isEmpty { try await database.write { try AuditTrail.append(acts, on: $0) } }
        state.withLock { state in
            for case let read? in batch.map(\.read) where read.minute == state.minute {
                state.covered.insert(read)
            }
        }
    }
}
