// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Logging
import Store

/// Sends what is due: takes messages, makes their words, hands them over, keeps what became of them.
package struct Postman: Sendable {
    private let site: Site
    private let address: String
    private let dispatch: Dispatch

    /// - Parameters:
    ///   - site: Whose messages.
    ///   - address: Where people reach the site, such as `https://rehab.example.org`.
    package init(site: Site, address: String) {
        self.site = site
        self.address = address
        dispatch = Dispatch(site.database, rules: site.clinic.messages.rules)
    }

    /// One at a time, so that its lease is its own and a slow gateway keeps no other message from another sender.
    ///
    /// - Returns: How many were taken.
    package func sendDue() async throws -> Int {
        var count = 0
        while !Task.isCancelled {
            let lease = site.ids.make()
            let taken = try await dispatch.take(
                1, by: site.clinic.messages.channels, lease: lease, links: [.random()], now: site.clock())
            guard let one = taken.first else { return count }
            count += 1
            try await send(one)
        }
        return count
    }

    private func send(_ taken: Dispatch.Taken) async throws {
        let words = site.pages.words(in: site.pages.language(taken.message.language))
        let text = MessageText(taken, clinic: site.clinic, words: words, address: address)
        do {
            switch taken.message.channel {
            case .email: try await mail(taken, text)
            case .text: try await post(taken, text)
            }
            try await keep { try await dispatch.sent(taken, subject: text.subject, now: site.clock()) }
        } catch let problem as Message.Problem {
            site.logger.notice(
                "message not sent",
                metadata: [
                    "kind": "\(taken.message.kind.rawValue)", "channel": "\(taken.message.channel.rawValue)",
                    "problem": "\(problem.rawValue)"
                ])
            try await keep { try await dispatch.failed(taken, problem, now: site.clock()) }
        }
    }

    /// Writes what became of a message even where the server is told to stop: otherwise it would go out twice.
    private func keep(_ write: @escaping @Sendable () async throws -> Void) async throws {
        try await Task { try await write() }.value
    }

    private func mail(_ taken: Dispatch.Taken, _ text: MessageText) async throws {
        guard let settings = site.clinic.messages.mail, let from = MailAddress(settings.from) else { return }
        guard let to = MailAddress(taken.message.recipient) else { throw Message.Problem.badAddress }
        let message = MailMessage(
            from: from, fromName: site.clinic.name, to: to, subject: text.subject, text: text.body,
            calendar: calendar(taken, to), date: site.clock(), id: taken.message.id.rawValue)
        let arguments = settings.command.dropFirst().map { $0 == "{to}" ? to.text : $0 }
        let command = Command(program: settings.command[0], arguments: Array(arguments))
        let ending = try await Self.asProblem {
            try await command.run(input: message.data, limit: 65_536, seconds: 90)
        }
        switch ending.status {
        case 0: return
        // sysexits.h: the data, the user or the host is wrong, and will be the next time too.
        case 65, 67, 68: throw Message.Problem.refused
        case 126, 127: throw Message.Problem.unreachable
        default: throw Message.Problem.notNow
        }
    }

    private func calendar(_ taken: Dispatch.Taken, _ to: MailAddress) -> (String, CalendarFile.Method)? {
        let method: CalendarFile.Method
        switch taken.message.kind {
        case .confirmation, .moved: method = .request
        case .cancelled: method = .cancel
        case .reminder, .offer: return nil
        }
        var event = CalendarEvent(taken.appointment, clinic: site.clinic, words: site.pages.words(in: "en"))
        event.attendee = "mailto:\(to.text)"
        let file = CalendarFile(method: method, organizer: site.clinic.organizer, events: [event])
        return (file.text(now: site.clock()), method)
    }

    private func post(_ taken: Dispatch.Taken, _ text: MessageText) async throws {
        guard let settings = site.clinic.messages.gateway else { return }
        let number = taken.message.recipient.dialled.dropFirst("tel:".count)
        guard number.filter(\.isNumber).count >= 5 else { throw Message.Problem.badAddress }
        guard
            let secret = try? String(contentsOfFile: settings.secretFile, encoding: .utf8)
                .split(whereSeparator: \.isNewline).first.map(String.init)
        else { throw Message.Problem.unreachable }
        var fields = settings.also
        fields[settings.toField] = String(number)
        fields[settings.textField] = text.short
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let curl = Curl(
            url: settings.url,
            headers: [
                (settings.header, secret), ("Content-Type", "application/json"),
                ("Idempotency-Key", taken.message.id.rawValue)
            ], body: String(decoding: try encoder.encode(fields), as: UTF8.self))
        let answer = try await Self.asProblem { try await curl.ask(limit: 65_536, seconds: 30) }
        switch answer.status {
        case 200..<300: return
        case 408, 429, 500...: throw Message.Problem.notNow
        default: throw Message.Problem.refused
        }
    }

    private static func asProblem<T>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let fault as Command.Fault {
            switch fault {
            case .cannotStart: throw Message.Problem.unreachable
            case .tooSlow: throw Message.Problem.tooSlow
            case .tooMuch, .killed: throw Message.Problem.notNow
            }
        }
    }
}
