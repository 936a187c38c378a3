// SPDX-License-Identifier: Apache-2.0
import GRDB
import Synchronization

/// Connections that only read, each used by one thread at a time on that thread.
///
/// A request comes on one of few threads that must not wait for another one. GRDB's pool hands a reader out
/// through two queues and asks for the schema's version before every read, which costs several times a point
/// read; here a reader is taken from a list and put back. There are never more than there were threads.
final class SQLiteReaders: Sendable {
    private struct State {
        var idle: [DatabaseQueue] = []
        var isClosed = false
    }

    private let path: String
    private let configuration: Configuration
    private let state = Mutex(State())

    init(path: String, configuration: Configuration) {
        self.path = path
        var configuration = configuration
        configuration.readonly = true
        self.configuration = configuration
    }

    func read<T>(_ body: (GRDB.Database) throws -> T) throws -> T {
        let reader = try take()
        defer { putBack(reader) }
        return try reader.unsafeRead(body)
    }

    func close() throws {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            state.isClosed = true
            return state.idle
        }
        for reader in idle { try reader.close() }
    }

    private func take() throws -> DatabaseQueue {
        let idle = try state.withLock { state in
            if state.isClosed { throw StoreError.unavailable(code: Int(ResultCode.SQLITE_MISUSE.rawValue)) }
            return state.idle.popLast()
        }
        return try idle ?? DatabaseQueue(path: path, configuration: configuration)
    }

    private func putBack(_ reader: DatabaseQueue) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.idle.append(reader) }
            return state.isClosed
        }
        if isClosed { try? reader.close() }
    }
}
