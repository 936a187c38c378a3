// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Store

@Suite("The address of a PostgreSQL database") struct PostgresAddressTests {
    @Test(
        "What travels to another machine is encrypted and the server's name checked; this machine is trusted",
        arguments: [
            ("postgres:///clinic", nil), ("postgres://me@localhost/clinic", nil),
            ("postgres://127.0.0.1:6000/clinic", nil), ("postgres://[::1]/clinic", nil),
            ("postgres://me@/clinic?host=/run/postgresql", nil),
            ("postgresql://me@/clinic?host=%2Frun%2Fpostgresql&sslmode=disable", "disable"),
            ("postgres://db.example/clinic", "verify-full"),
            ("postgres://db.example/clinic?sslmode=verify-full", "verify-full"),
            ("postgres://a.example,b.example/clinic?target_session_attrs=read-write", "verify-full"),
            ("postgres://localhost,b.example/clinic", "verify-full"),
            ("postgres://localhost/clinic?hostaddr=192.0.2.7", "verify-full"),
            ("postgres://127.0.0.1.example/clinic", "verify-full"),
            ("postgres://127.example/clinic", "verify-full")
        ] as [(String, String?)])
    func encrypts(text: String, mode: String?) throws {
        let address = try PostgresAddress(text, environment: [:])
        #expect(address.options["sslmode"] == mode)
        #expect(address.options["client_encoding"] == "UTF8")
    }

    @Test("A host that only the environment names counts like one in the address")
    func environment() throws {
        let away = try PostgresAddress("postgres:///clinic", environment: ["PGHOST": "db.example"])
        #expect(away.options["sslmode"] == "verify-full")
        let here = try PostgresAddress("postgres:///clinic", environment: ["PGHOST": "/run/postgresql"])
        #expect(here.options["sslmode"] == nil)
    }

    @Test(
        "An address that cannot be used says why, and repeats nothing of itself",
        arguments: [
            ("mysql://me:Marker@localhost/x", "must begin with postgres://"),
            ("host=localhost password=Marker", "must begin with postgres://"),
            ("", "must begin with postgres://"),
            ("postgres://me:Marker@db.example/clinic?sslmode=require", "verify-full"),
            ("postgres://me:Marker@db.example/clinic?sslmode=prefer", "verify-full"),
            ("postgres://localhost/clinic?hostaddr=192.0.2.7&sslmode=disable", "verify-full"),
            ("postgres://me:Mar@ker@localhost/x", "%40"),
            ("postgres://me:Marker@localhost/x?word=Marker", "form"),
            ("postgres://[::1/x", "form"), ("postgres:///x?service=Marker", "service file")
        ])
    func refuses(text: String, reason: String) {
        do {
            _ = try PostgresAddress(text, environment: [:])
            Issue.record("\(text) was taken")
        } catch {
            let message = (error as? StoreError)?.message ?? ""
            #expect(message.contains(reason))
            #expect(!message.contains("Marker") && !message.contains("Mar@ker"))
        }
    }

    @Test("The name for messages has neither user nor password")
    func name() throws {
        let address = try PostgresAddress("postgres://me:Marker@db.example:5433/clinic", environment: [:])
        #expect(address.name == "db.example/clinic")
        #expect(address.hasPassword)
        #expect(try !PostgresAddress("postgres://me@db.example/clinic", environment: [:]).hasPassword)
    }

    @Test("A server that is not there is named, and no password with it")
    func unreachable() async throws {
        let folder = try TestClinic.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let address = try PostgresAddress("postgres://me:Marker@/clinic?host=\(folder.path)")
        do {
            _ = try await PostgresDatabase(address, now: time())
            Issue.record("A database was found where there is none")
        } catch let error as StoreError {
            #expect(error.message.contains("\(folder.path)/clinic: the database cannot be reached"))
            #expect(!error.message.contains("Marker"))
        }
    }
}
