// SPDX-License-Identifier: Apache-2.0
import CArgon2
import Foundation

/// A password as it is kept: argon2id with its own salt and cost, as a PHC string.
package struct PasswordHash: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// Passes over the memory.
    static let passes: UInt32 = 3
    /// KiB.
    static let memory: UInt32 = 65_536
    static let lanes: UInt32 = 1
    static let saltLength = 16
    static let hashLength = 32

    /// Whether it was made at another cost than today's.
    package var needsRehash: Bool {
        !text.hasPrefix("$argon2id$v=19$m=\(Self.memory),t=\(Self.passes),p=\(Self.lanes)$")
    }

    /// The hash of no account's password, so that an unknown name costs the same time as a known one.
    static let ofNobody = PasswordHash(
        "$argon2id$v=19$m=65536,t=3,p=1$c29sZXVzLW9mLW5vYm9keQ"
            + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")

    /// Takes a third of a second and 64 MiB.
    init(hashing password: String, salt: [UInt8]) throws {
        let typed = Array(PasswordRule.normalised(password).utf8)
        let capacity = argon2_encodedlen(
            Self.passes, Self.memory, Self.lanes, UInt32(salt.count), UInt32(Self.hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: capacity)
        let code = argon2id_hash_encoded(
            Self.passes, Self.memory, Self.lanes, typed, typed.count, salt, salt.count, Self.hashLength,
            &encoded, encoded.count)
        if code == ARGON2_MEMORY_ALLOCATION_ERROR.rawValue { throw StoreError.busy }
        guard code == ARGON2_OK.rawValue else { throw StoreError.unavailable(code: Int(code)) }
        text = String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Takes as long as making it.
    func isOf(_ password: String) throws -> Bool {
        let typed = Array(PasswordRule.normalised(password).utf8)
        let code = argon2id_verify(text, typed, typed.count)
        switch code {
        case ARGON2_OK.rawValue: return true
        case ARGON2_VERIFY_MISMATCH.rawValue: return false
        case ARGON2_MEMORY_ALLOCATION_ERROR.rawValue: throw StoreError.busy
        default: throw StoreError.unreadable("person.password")
        }
    }
}
