// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Store

@Suite("Passwords", .serialized) struct PasswordTests {
    @Test(
        "A password is long enough, not too long, and not what everybody tries first",
        arguments: [
            ("four small words", nil), ("aaaaaaaaaaaaaaaaaaaa", .guessable),
            ("12345678901234567890", .guessable), ("83920174650293847561", nil),
            ("111111111111111111", .guessable), ("short but good", .tooShort(minimum: 15)),
            ("exactly fifteen", nil), ("PasswordPassword1", .guessable), ("P@ssw0rd!P@ssw0rd!", .guessable),
            ("qwertyuiopasdfghjkl", .guessable), ("soleus-clinic-2026", .guessable),
            ("correct horse battery staple", .guessable), ("calf tear rehab 2026!", .guessable),
            ("Tom Stone Tom Stone", .guessable), ("a tortoise drinks green ink", nil),
            ("", .tooShort(minimum: 15)),
            ("Grüße aus der Küche, ja", nil),
            (String(repeating: "horse ink ", count: 13), .tooLong(maximum: 128)),
            (String(repeating: "wxyz ink", count: 16), nil)
        ] as [(String, PasswordRule.Fault?)])
    func rule(password: String, fault: PasswordRule.Fault?) {
        #expect(PasswordRule.fault(in: password, besides: ["Tom Stone", "tom@clinic.example"]) == fault)
    }

    @Test("A hash is argon2id at today's cost, salted, and of its password only")
    func hash() async throws {
        let passwords = Passwords()
        let hash = try await passwords.hash("a tortoise drinks green ink")
        #expect(hash.text.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"))
        #expect(!hash.needsRehash)
        #expect(try await passwords.hash("a tortoise drinks green ink") != hash)
        #expect(try await passwords.check("a tortoise drinks green ink", against: hash) == .right)
        #expect(try await passwords.check("a tortoise drinks green inj", against: hash) == .wrong)
        #expect(try await passwords.check("", against: hash) == .wrong)
        #expect(try await passwords.check(String(repeating: "x", count: 100_000), against: hash) == .wrong)
        await #expect(throws: PasswordRule.Fault.guessable) { try await passwords.hash("passwordpassword") }
    }

    @Test("The same text in another composition of accents is the same password")
    func normalised() async throws {
        let passwords = Passwords()
        let hash = try await passwords.hash("caf\u{E9} au lait, 3 tartines")
        #expect(try await passwords.check("cafe\u{301} au lait, 3 tartines", against: hash) == .right)
    }

    @Test("A hash of another cost is right and asks to be kept anew; one that is no hash is an error")
    func oldHash() async throws {
        // `echo -n "a tortoise drinks green ink" | argon2 soleus-salt-0001 -id -t 2 -k 1024 -p 1 -l 32 -e`
        let old = PasswordHash(
            "$argon2id$v=19$m=1024,t=2,p=1$c29sZXVzLXNhbHQtMDAwMQ"
                + "$pA5qVSsehklfYstvXLut10UvUkTj4jHK1u/8+pqNAmo")
        #expect(try await Passwords().check("a tortoise drinks green ink", against: old) == .rightButOld)
        await #expect(throws: StoreError.unreadable("person.password")) {
            try await Passwords().check("a tortoise drinks green ink", against: PasswordHash("plain"))
        }
    }

    @Test("An unknown account costs as much as a known one: one hash of the same cost, in the same line")
    func nobody() async throws {
        let hash = try await Passwords().hash("a tortoise drinks green ink")
        func cost(_ hash: PasswordHash) -> [Substring] {
            Array(hash.text.split(separator: "$").prefix(3))
        }
        #expect(cost(.ofNobody) == cost(hash))
        #expect(!PasswordHash.ofNobody.needsRehash)
        // A line without places refuses whatever would make a hash, and would let through what makes none.
        let closed = Passwords(atOnce: 0, waiting: 0)
        for hash in [hash, nil] {
            await #expect(throws: StoreError.busy) { try await closed.check("wrong", against: hash) }
        }
    }

    @Test("More at once than the line holds are refused, and the line empties")
    func busy() async throws {
        let passwords = Passwords(atOnce: 1, waiting: 2)
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do {
                        _ = try await passwords.check("wrong", against: nil)
                        return false
                    } catch { return error as? StoreError == .busy }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused == 5)
        #expect(try await passwords.check("wrong", against: nil) == .wrong)
    }
}
