// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// How the server itself speaks TLS; without any of these it speaks plain HTTP, for a proxy in front.
struct TLSOptions: ParsableArguments {
    @Option(help: "The certificate with its chain, as a PEM file.") var tlsCert: String?
    @Option(help: "The certificate's private key, as a PEM file.") var tlsKey: String?
    @Flag(help: "Make a certificate of its own, to try it on the clinic's own network.")
    var tlsSelfSigned = false

    var isOn: Bool { tlsSelfSigned || tlsCert != nil }

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together: give both.")
        }
        guard !tlsSelfSigned || tlsCert == nil else {
            throw ValidationError("Give either --tls-self-signed or --tls-cert with --tls-key.")
        }
    }

    /// What the server shows to browsers; nil where TLS is off.
    ///
    /// - Throws: ``Refusal`` with the file and what is wrong with it.
    func identity(for host: String, in folder: DataFolder, now: Date) throws -> TLSIdentity? {
        if tlsSelfSigned {
            return try SelfSigned(path: folder.data + "/tls-self-signed.pem")
                .identity(for: LocalNames(host: host), now: now)
        }
        guard let tlsCert, let tlsKey else { return nil }
        return try TLSIdentity(certificateFile: tlsCert, keyFile: tlsKey, now: now)
    }
}
