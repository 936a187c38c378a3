// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One request to another server, through the system's `curl`.
///
/// Everything is said on its standard input: a list of processes shows neither secrets nor addresses of people.
struct Curl: Sendable {
    let url: WebAddress
    var headers: [(name: String, value: String)] = []
    var body: String?

    struct Answer: Sendable {
        let status: Int
        let body: Data
    }

    static let program = "/usr/bin/curl"

    /// - Throws: ``Command/Fault``, where no answer came.
    func ask(limit: Int, seconds: Int) async throws -> Answer {
        let command = Command(
            program: Self.program, arguments: ["--disable", "--silent", "--config", "-"])
        let ending = try await command.run(
            input: Data(settings(limit, seconds).utf8), limit: limit + 16, seconds: Double(seconds + 5))
        switch ending.status {
        case 0: break
        case 28: throw Command.Fault.tooSlow
        case 63: throw Command.Fault.tooMuch
        default: throw Command.Fault.cannotStart
        }
        // The status stands behind the body, in three digits.
        guard ending.output.count >= 3,
            let status = Int(String(decoding: ending.output.suffix(3), as: UTF8.self))
        else { throw Command.Fault.killed }
        return Answer(status: status, body: ending.output.dropLast(3))
    }

    private func settings(_ limit: Int, _ seconds: Int) -> String {
        var lines = [
            ("url", url.text),
            // No redirects, and no other protocol than the address's own: it was looked at, another was not.
            ("proto", url.text.hasPrefix("https:") ? "=https" : "=http"), ("max-redirs", "0"),
            ("max-filesize", String(limit)), ("max-time", String(seconds)), ("connect-timeout", "10"),
            ("noproxy", "*"), ("user-agent", "Soleus"), ("write-out", "%{http_code}")
        ]
        lines += headers.map { ("header", "\($0.name): \($0.value)") }
        if let body { lines.append(("data-raw", body)) }
        return lines.map { "\($0.0) = \"\(Self.quoted($0.1))\"\n" }.joined() + "tlsv1.2\n"
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\r", with: "")
            .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    }
}
