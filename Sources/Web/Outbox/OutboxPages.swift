// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// What was sent, what waits, and what failed and why, for the desk.
struct OutboxPages: Feature {
    let site: Site

    var routes: [Route] {
        [
            .get("/outbox", Desk.allow) { try await show($0) },
            .post("/outbox/{message}/send", Desk.allow) { visit in
                try await act(visit, "sent_again") { try await site.outboxDesk.sendAgain($0, now: visit.now) }
            },
            .post("/outbox/{message}/stop", Desk.allow) { visit in
                try await act(visit, "stopped") { try await site.outboxDesk.stop($0, now: visit.now) }
            }
        ]
    }

    static let listed = 100

    @Sendable private func show(_ visit: Visit) async throws -> Response {
        let desk = site.outboxDesk
        let page = OutboxPage(
            visit, ahead: try await desk.lines([.waiting, .sending], limit: Self.listed),
            failed: try await desk.lines([.failed], limit: Self.listed),
            past: try await desk.lines([.sent, .stopped], limit: Self.listed))
        try await site.audit.recordRead(of: "outbox", episode: nil, by: visit.signedIn(), at: visit.now)
        return try visit.page(page)
    }

    private func act(_ visit: Visit, _ done: String, _ body: (Message.ID) async throws -> Bool) async throws
        -> Response
    {
        let id = Message.ID(try visit.parameter("message"))
        guard try await site.outboxDesk.find(id) != nil else { throw Failure.notFound }
        let session = try visit.signedIn()
        let isDone = try await body(id)
        if isDone {
            try await site.audit.record(
                Act(
                    actor: session.person, role: session.role, kind: .wrote,
                    detail: "outbox \(done) \(id)"), at: visit.now)
        }
        return visit.redirect(to: "/outbox?done=\(isDone ? done : "too_late")")
    }
}

struct OutboxPage: Page {
    static let template = "outbox"

    struct Line: Sendable {
        let name: String
        let what: String
        let channel: String
        let recipient: String
        let appointment: String
        let when: String
        let state: String
        let mark: String
        let problem: String?
        let action: String
        let canStop: Bool
        let canSend: Bool

        init(_ visit: Visit, _ line: OutboxDesk.Line) {
            let (message, words) = (line.message, visit.words)
            name = line.name.isEmpty ? words["outbox.nobody"] : line.name
            what = words["outbox.kind.\(message.kind.rawValue)"]
            channel = words["outbox.channel.\(message.channel.rawValue)"]
            recipient = message.recipient
            appointment = visit.dated(message.starts)
            let isAhead = message.state == .waiting || message.state == .sending
            when = visit.dated(isAhead ? message.due : message.changed)
            state = words["outbox.state.\(message.state.rawValue)"]
            mark = message.state == .failed ? "stop" : message.state == .sent ? "go" : "wait"
            problem = message.problem.map { words["outbox.problem.\($0.rawValue)"] }
            action = "/outbox/\(message.id)"
            canStop = message.state == .waiting
            canSend = (message.state == .failed || message.state == .stopped) && message.expires > visit.now
        }
    }

    struct Group: Sendable {
        let id: String
        let title: String
        let column: String
        let lines: [Line]
        let more: String?
    }

    let title: String
    let done: String?
    /// What the clinic has not set up, so that nothing goes out that way.
    let silent: [String]
    let isSilent: Bool
    let groups: [Group]
    let isEmpty: Bool
    let showsFeeds: Bool
    var place: String? { "/outbox" }
    var width: PageWidth { .wide }

    init(_ visit: Visit, ahead: [OutboxDesk.Line], failed: [OutboxDesk.Line], past: [OutboxDesk.Line]) {
        let words = visit.words
        let channels = visit.site.clinic.messages.channels
        silent = Message.Channel.allCases.filter { !channels.contains($0) }
            .map { words["outbox.silent.\($0.rawValue)"] }
        isSilent = !silent.isEmpty
        done = visit.done("outbox")
        groups = [("failed", failed, "when"), ("ahead", ahead, "due"), ("past", past, "when")]
            .filter { !$0.1.isEmpty }
            .map { id, lines, column in
                Group(
                    id: id, title: words["outbox.\(id)"], column: words["outbox.column.\(column)"],
                    lines: lines.map { Line(visit, $0) },
                    more: lines.count < OutboxPages.listed ? nil : words["outbox.more"])
            }
        isEmpty = groups.isEmpty
        showsFeeds = visit.session?.role == .desk
        title =
            failed.isEmpty
            ? words("outbox.waiting", count: ahead.count) : words("outbox.failures", count: failed.count)
    }
}
