// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Web

@Suite("Programs that the server runs") struct CommandTests {
    func run(
        _ program: String, _ arguments: String..., input: String = "", limit: Int = 1000,
        seconds: Double = 60
    ) async throws -> Command.Ending {
        try await Command(program: program, arguments: arguments)
            .run(input: Data(input.utf8), limit: limit, seconds: seconds)
    }

    @Test("What it is given and what it says come through whole, more than a pipe holds") func whole()
        async throws
    {
        let text = String(repeating: "0123456789", count: 30_000)
        let ending = try await run("/bin/cat", input: text, limit: text.utf8.count)
        #expect(ending.status == 0 && ending.output == Data(text.utf8))
    }

    @Test("One that does not read what it is given ends as it says") func deaf() async throws {
        let text = String(repeating: "x", count: 300_000)
        #expect(try await run("/bin/sh", "-c", "exit 75", input: text).status == 75)
    }

    @Test("An argument is an argument, whatever stands in it") func noShell() async throws {
        let ending = try await run("/bin/echo", "$(id); `id` | x > y")
        #expect(String(decoding: ending.output, as: UTF8.self) == "$(id); `id` | x > y\n")
    }

    @Test("It is told nothing of the server's own settings but where things are") func environment()
        async throws
    {
        let said = String(decoding: try await run("/usr/bin/env").output, as: UTF8.self)
        let names = Set(said.split(separator: "\n").map { String($0.prefix { $0 != "=" }) })
        #expect(names.isSubset(of: ["PATH", "HOME", "LANG", "TZ", "SSL_CERT_FILE", "PWD", "_"]), "\(names)")
    }

    @Test("One that says too much, takes too long or is not there is named so") func faults() async throws {
        await #expect(throws: Command.Fault.tooMuch) {
            _ = try await run("/bin/cat", "/dev/zero", limit: 100_000)
        }
        await #expect(throws: Command.Fault.tooSlow) { _ = try await run("/bin/sleep", "600", seconds: 0.2) }
        await #expect(throws: Command.Fault.tooSlow) {
            _ = try await run("/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.1; done", seconds: 0.2)
        }
        await #expect(throws: Command.Fault.cannotStart) { _ = try await run("/nowhere/program") }
        await #expect(throws: Command.Fault.killed) { _ = try await run("/bin/sh", "-c", "kill -KILL $$") }
    }

    @Test("A server that stops does not wait for a program that hangs") func hurried() async throws {
        let task = Task { try await run("/bin/sleep", "600", seconds: 600) }
        task.cancel()
        await #expect(throws: Command.Fault.tooSlow) { _ = try await task.value }
    }
}
