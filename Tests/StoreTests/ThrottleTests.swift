// SPDX-License-Identifier: Apache-2.0
import Foundation
import Store
import Testing

@Suite("The throttle", .onEveryBackend) struct ThrottleTests {
    @Test("Ten failures pass, then each waits longer than the one before")
    func grows() async throws {
        let clinic = try await TestClinic()
        let throttle = Throttle(clinic.database)
        let key = Throttle.Key.account("tom@clinic.example")
        for _ in 0..<10 { #expect(try await throttle.attempt([key], now: time()) == .go) }
        var now = 0.0
        for wait in [60.0, 120, 240, 480, 960, 1920, 3600, 3600] {
            #expect(try await throttle.attempt([key], now: time(now)) == .wait(until: time(now + wait)))
            #expect(try await throttle.attempt([key], now: time(now + wait - 0.001)) != .go)
            now += wait
            #expect(try await throttle.attempt([key], now: time(now)) == .go)
        }
        // The same name in other letters is the same account.
        #expect(try await throttle.attempt([.account(" TOM@clinic.example")], now: time(now)) != .go)
        #expect(try await throttle.attempt([.account("ann@clinic.example")], now: time(now)) == .go)
    }

    @Test("A quiet quarter of an hour starts a new window")
    func newWindow() async throws {
        let clinic = try await TestClinic()
        let throttle = Throttle(clinic.database)
        let key = Throttle.Key.address("192.0.2.7")
        for _ in 0..<9 { _ = try await throttle.attempt([key], now: time()) }
        for _ in 0..<9 { #expect(try await throttle.attempt([key], now: time(900)) == .go) }
    }

    @Test("A hundred failures in a row stop an account until it is reset, however slow they come")
    func hardStop() async throws {
        let clinic = try await TestClinic()
        let throttle = Throttle(clinic.database)
        let (account, address) = (Throttle.Key.account("tom"), Throttle.Key.address("192.0.2.7"))
        for number in 0..<100 {
            #expect(try await throttle.attempt([account, address], now: time(Double(number) * 1000)) == .go)
        }
        #expect(try await throttle.attempt([account, address], now: time(1e9)) == .stopped)
        #expect(try await throttle.attempt([address], now: time(1e9)) == .go)
        try await throttle.reset(account)
        #expect(try await throttle.attempt([account], now: time(1e9)) == .go)
    }

    @Test("Success forgets an account's failures, and gives an address back only its own attempt")
    func success() async throws {
        let clinic = try await TestClinic()
        let throttle = Throttle(clinic.database)
        let (account, address) = (Throttle.Key.account("tom"), Throttle.Key.address("192.0.2.7"))
        for _ in 0..<9 { _ = try await throttle.attempt([account, address], now: time()) }
        #expect(try await throttle.attempt([account, address], now: time()) == .go)
        try await throttle.succeeded([account, address])
        #expect(try await throttle.attempt([address], now: time()) == .go)
        #expect(try await throttle.attempt([address], now: time()) == .wait(until: time(60)))
        #expect(try await throttle.attempt([account], now: time()) == .go)
    }

    @Test("Attempts at the same time are counted like attempts in a row")
    func parallel() async throws {
        let clinic = try await TestClinic()
        let throttle = Throttle(clinic.database)
        let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    // On a loaded machine some find no connection in time; those did not attempt anything.
                    while true {
                        do {
                            return try await throttle.attempt([.account("tom")], now: time()) == .go
                        } catch StoreError.busy { continue }
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(passed == 10)
    }
}
