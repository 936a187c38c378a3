// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOCore
import SwiftASN1
import X509

/// What this machine can be called by a browser on the same network.
struct LocalNames {
    let machine: String
    /// Names and addresses, without doubles.
    let general: [GeneralName]
    /// The first address that others on the network can reach, as people type it.
    let reachable: String?

    /// - Parameter host: The address that the server listens on; a wildcard stands for all of them.
    init(host: String) {
        let name = ProcessInfo.processInfo.hostName
        machine = name.isEmpty ? "localhost" : name
        let devices = (try? System.enumerateDevices()) ?? []
        let addresses = devices.compactMap(\.address)
        var names = ["localhost", machine]
        if !machine.contains(".") { names.append("\(machine).local") }
        var general: [GeneralName] = []
        func add(_ name: GeneralName) { if !general.contains(name) { general.append(name) } }
        if let bytes = Self.bytes(host) {
            if !Self.isWildcard(host) { add(Self.name(bytes)) }
        } else {
            names.insert(host, at: 0)
        }
        for name in names where Self.isName(name) { add(.dnsName(name)) }
        for address in ["127.0.0.1", "::1"].compactMap(Self.bytes) { add(Self.name(address)) }
        let others = addresses.compactMap(\.ipAddress).filter { Self.bytes($0).map(Self.isOfUse) ?? false }
        for address in others.compactMap(Self.bytes) { add(Self.name(address)) }
        self.general = general
        reachable = others.first { !$0.contains(":") } ?? others.first
    }

    static func isWildcard(_ host: String) -> Bool {
        Self.bytes(host).map { $0.allSatisfy { $0 == 0 } } ?? false
    }

    private static func name(_ bytes: [UInt8]) -> GeneralName {
        .ipAddress(ASN1OctetString(contentBytes: bytes[...]))
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
                    || $0 == 46
            }
    }

    /// Neither loopback nor bound to one cable: link-local IPv6 addresses need a zone to be typed.
    private static func isOfUse(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4
            ? bytes[0] != 127
            : !(bytes.dropLast().allSatisfy { $0 == 0 } || (bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80))
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        switch try? SocketAddress(ipAddress: text, port: 0) {
        case .v4(let address): withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
        default: nil
        }
    }
}
