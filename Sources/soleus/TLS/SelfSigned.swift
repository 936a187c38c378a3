// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import SwiftASN1
import X509

/// The clinic's own certificate, to try Soleus on the clinic's network: no authority vouches for it.
///
/// Key and certificate are one file, so that the two can never be of different makings.
struct SelfSigned {
    let path: String

    /// Phones take no certificate that is valid for longer than 398 days.
    private static let validDays = 397.0
    /// One that ends sooner is made anew at start.
    private static let renewDays = 30.0
    private static let day = 86_400.0

    /// The kept one, or a new one where there is none, it ends soon, or it lacks one of the names.
    ///
    /// - Throws: ``Refusal`` where the file is damaged or cannot be written; it is never overwritten unread.
    func identity(for names: LocalNames, now: Date) throws -> TLSIdentity {
        if FileManager.default.fileExists(atPath: path) {
            let text = try TLSIdentity.text(of: path)
            if try isGood(text, for: names, now: now) {
                try restrict(path)
                return try TLSIdentity(
                    certificates: Self.part("CERTIFICATE", of: text), from: path,
                    key: Self.part("PRIVATE KEY", of: text), from: path, now: now)
            }
        }
        let text = try Self.make(for: names, now: now)
        try write(text)
        return try TLSIdentity(certificates: text, from: path, key: text, from: path, now: now)
    }

    private func isGood(_ text: String, for names: LocalNames, now: Date) throws -> Bool {
        guard let certificate = try? Certificate(pemEncoded: Self.part("CERTIFICATE", of: text)) else {
            throw Refusal(
                "\(path): holds no certificate. Delete it to have a new one made; browsers will then ask again."
            )
        }
        let kept = try certificate.extensions.subjectAlternativeNames ?? SubjectAlternativeNames()
        return certificate.notValidBefore <= now
            && certificate.notValidAfter > now.addingTimeInterval(Self.renewDays * Self.day)
            && Set(names.general).isSubset(of: Set(kept))
    }

    /// The block of a PEM file with this label; empty where there is none.
    private static func part(_ label: String, of text: String) -> String {
        let (begin, end) = ("-----BEGIN \(label)-----", "-----END \(label)-----")
        guard let from = text.range(of: begin),
            let to = text.range(of: end, range: from.upperBound..<text.endIndex)
        else { return "" }
        return String(text[from.lowerBound..<to.upperBound])
    }

    /// A P-256 key and a certificate that says it belongs to these names.
    private static func make(for names: LocalNames, now: Date) throws -> String {
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName("Soleus on \(names.machine)".prefix(64).description) }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
            // An hour back, for phones whose clock is behind.
            notValidBefore: now.addingTimeInterval(-3600),
            notValidAfter: now.addingTimeInterval(validDays * day),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names.general)
            },
            issuerPrivateKey: .init(key))
        return try certificate.serializeAsPEM().pemString + "\n" + key.pemRepresentation + "\n"
    }

    /// Writes beside the place and moves it there: never half a file, and never readable by others.
    private func write(_ text: String) throws {
        let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier).new"
        let made = FileManager.default.createFile(
            atPath: draft, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        guard made else {
            throw Refusal("\(path): cannot be written. Check the folder's owner and permissions.")
        }
        try restrict(draft)
        guard rename(draft, path) == 0 else {
            try? FileManager.default.removeItem(atPath: draft)
            throw Refusal("\(path): cannot be written: \(String(cString: strerror(errno))).")
        }
    }

    private func restrict(_ file: String) throws {
        guard chmod(file, 0o600) == 0 else {
            throw Refusal("\(file): cannot be kept from other users: \(String(cString: strerror(errno))).")
        }
    }
}
