// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// A program of the system, run with fixed arguments and without a shell.
struct Command: Sendable {
    let program: String
    let arguments: [String]

    struct Ending: Sendable {
        let status: Int32
        let output: Data
    }

    enum Fault: Error, Hashable, Sendable {
        case cannotStart
        case tooSlow
        /// It said more than was asked for.
        case tooMuch
        case killed
    }

    /// Runs it to its end.
    ///
    /// What it says on its standard error is not read: it can hold addresses of people.
    /// - Parameters:
    ///   - input: Its standard input, from a file without a name.
    ///   - limit: How much it may say, in bytes.
    ///   - seconds: After that it is ended.
    /// - Returns: Its exit status and what it said.
    /// - Throws: ``Fault``.
    func run(input: Data, limit: Int, seconds: Double) async throws -> Ending {
        let reins = Reins()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A thread of its own: it waits, and must not keep one of those that serve requests.
                Thread.detachNewThread {
                    continuation.resume(with: Result { try runHere(input, limit, seconds, reins) })
                }
            }
        } onCancel: {
            // What is nearly done may end; a server that is to stop waits no longer.
            reins.hurry()
        }
    }

    private func runHere(_ input: Data, _ limit: Int, _ seconds: Double, _ reins: Reins) throws -> Ending {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.filter {
            ["PATH", "HOME", "LANG", "TZ", "SSL_CERT_FILE"].contains($0.key)
        }
        let output = Pipe()
        process.standardInput = try Self.file(with: input)
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch { throw Fault.cannotStart }
        reins.hold(process, for: seconds)
        defer { reins.drop() }
        var said = Data()
        while let part = try output.fileHandleForReading.read(upToCount: 65_536), !part.isEmpty {
            said += part
            guard said.count <= limit else {
                reins.cut()
                ended.wait()
                throw Fault.tooMuch
            }
        }
        ended.wait()
        if reins.isOver { throw Fault.tooSlow }
        guard process.terminationReason == .exit else { throw Fault.killed }
        return Ending(status: process.terminationStatus, output: said)
    }

    /// A file that has lost its name: a pipe could fill up, and one that is closed early would end the server.
    private static func file(with input: Data) throws -> FileHandle {
        let path = FileManager.default.temporaryDirectory.appending(path: "soleus-\(UUID().uuidString)").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Fault.cannotStart }
        unlink(path)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: input)
        try file.seek(toOffset: 0)
        return file
    }
}

/// Ends a process that takes too long: politely, then for certain.
///
/// For certain is needed: a server that waits for SIGTERM in its own way hands it to its children as ignored.
private final class Reins: Sendable {
    private struct State {
        var process: Int32?
        var isHurried = false
        var signals = 0
    }

    private static let hurry = 5.0

    private let state = Mutex(State())

    var isOver: Bool { state.withLock { $0.signals > 0 } }

    func hold(_ process: Process, for seconds: Double) {
        let isHurried = state.withLock { state in
            state.process = process.processIdentifier
            return state.isHurried
        }
        end(after: isHurried ? Self.hurry : seconds)
    }

    func hurry() {
        state.withLock { $0.isHurried = true }
        end(after: Self.hurry)
    }

    /// Ends it at once: there is nothing that it could still do right.
    func cut() {
        state.withLock { state in
            if let process = state.process { kill(process, SIGKILL) }
        }
    }

    /// From here on the process has ended, and its number may soon be another's.
    func drop() { state.withLock { $0.process = nil } }

    private func end(after seconds: Double) {
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [self] in
            let goesOn = state.withLock { state in
                guard let process = state.process else { return false }
                state.signals += 1
                kill(process, state.signals == 1 ? SIGTERM : SIGKILL)
                return true
            }
            if goesOn { end(after: 2) }
        }
    }
}
