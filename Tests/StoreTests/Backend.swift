// SPDX-License-Identifier: Apache-2.0
import Foundation
import Store
import Testing

/// A product that keeps a clinic; the tests run on the real ones and on no imitation.
enum Backend: String, CaseIterable, Sendable {
    case sqlite, postgres

    /// Which one the running test's clinics are made on.
    @TaskLocal static var current = Backend.sqlite

    /// The address of a PostgreSQL for tests, as `scripts/postgres run` gives it.
    static let postgresAddress = ProcessInfo.processInfo.environment["SOLEUS_TEST_POSTGRES"]

    static let withoutPostgres: Comment =
        "PostgreSQL is not tested: SOLEUS_TEST_POSTGRES is not set. Run scripts/postgres run swift test"

    static var available: [Backend] { allCases.filter { $0 != .postgres || postgresAddress != nil } }
}

/// Runs each test once on every backend, and says on which one it failed.
struct OnEveryBackend: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        for backend in Backend.available {
            try await Backend.$current.withValue(backend) { try await function() }
        }
    }
}

extension Trait where Self == OnEveryBackend {
    static var onEveryBackend: OnEveryBackend { OnEveryBackend() }
}

@Suite("Backends") struct BackendTests {
    @Test(
        "PostgreSQL is there to be tested",
        .enabled(if: Backend.postgresAddress != nil, Backend.withoutPostgres))
    func postgresIsThere() async throws {
        let clinic = try await TestClinic(.postgres)
        #expect(clinic.database is PostgresDatabase)
        #expect(Backend.available == [.sqlite, .postgres])
    }

    @Test("A test of every backend runs on every backend", .onEveryBackend)
    func runsOnEach() async throws {
        let clinic = try await TestClinic()
        #expect((clinic.database is SQLiteDatabase) == (Backend.current == .sqlite))
    }
}
