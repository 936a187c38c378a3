// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HummingbirdTLS
import NIOSSL

/// A certificate with its chain and its private key, tried together before the server starts.
struct TLSIdentity {
    let configuration: TLSConfiguration
    /// SHA-256 of the certificate, as browsers show it: `AB:CD:…`.
    let fingerprint: String

    /// - Throws: ``Refusal``: a file is missing, unreadable, of another kind, expired, or the two do not match.
    init(certificateFile: String, keyFile: String, now: Date) throws {
        try self.init(
            certificates: Self.text(of: certificateFile), from: certificateFile, key: Self.text(of: keyFile),
            from: keyFile, now: now)
    }

    init(certificates: String, from certificateFile: String, key: String, from keyFile: String, now: Date)
        throws
    {
        let chain = try? NIOSSLCertificate.fromPEMBytes(Array(certificates.utf8))
        guard let chain, let leaf = chain.first else {
            throw Refusal(
                "\(certificateFile): holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).")
        }
        try Self.refuseOutOfDate(leaf, certificateFile, now)
        guard !key.contains("ENCRYPTED") else {
            throw Refusal(
                "\(keyFile): the key is locked with a passphrase, and a server starts with nobody to type it. "
                    + "Give an unlocked key that only the server's user can read.")
        }
        guard let privateKey = try? NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem) else {
            throw Refusal("\(keyFile): holds no private key in PEM form (-----BEGIN PRIVATE KEY-----).")
        }
        configuration = Self.configuration(chain, privateKey)
        do {
            // The library compares the two; a server that finds out later would refuse every connection.
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw Refusal("\(keyFile): is not the key of the certificate in \(certificateFile).")
        }
        fingerprint = SHA256.hash(data: try leaf.toDERBytes()).map { String(format: "%02X", $0) }
            .joined(separator: ":")
    }

    /// TLS 1.2 and 1.3 only; below 1.3 only key exchange that keeps old traffic secret, and only AEAD.
    private static func configuration(_ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey)
        -> TLSConfiguration
    {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.maximumTLSVersion = .tlsv13
        configuration.cipherSuiteValues = [
            .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        ]
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }

    private static func refuseOutOfDate(_ leaf: NIOSSLCertificate, _ file: String, _ now: Date) throws {
        let from = Date(timeIntervalSince1970: Double(leaf.notValidBefore))
        let until = Date(timeIntervalSince1970: Double(leaf.notValidAfter))
        guard until > now else {
            throw Refusal("\(file): the certificate expired on \(day(until)). Get a new one.")
        }
        guard from <= now else {
            throw Refusal(
                "\(file): the certificate is valid from \(day(from)) on. Check this machine's clock.")
        }
    }

    private static func day(_ date: Date) -> String {
        date.formatted(.iso8601.year().month().day())
    }

    /// The text of a file that is small and readable.
    static func text(of path: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Refusal("\(path): there is no such file.")
        }
        guard !isFolder.boolValue, FileManager.default.isReadableFile(atPath: path) else {
            throw Refusal("\(path): cannot be read. It must be a file that the server's user may read.")
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Refusal("\(path): is not a PEM file.")
        }
        return text
    }
}
