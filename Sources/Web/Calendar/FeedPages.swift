// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// Private calendar addresses: read by calendar programs, made and ended by their owners and by the desk.
struct FeedPages: Feature {
    let site: Site

    private static let owners = Allow.only([.patient, .therapist])
    private static let desk = Allow.only([.desk, .admin])

    var routes: [Route] {
        [
            .get("/calendar/{token}/appointments.ics", .everyone, read),
            .get("/calendar", Self.owners) { visit in
                let feed = try await site.feeds.feed(of: visit.signedIn().person)
                return try visit.page(FeedPage(visit, feed: feed, link: nil))
            },
            .post("/calendar/renew", Self.owners) { visit in
                try await renew(visit, for: visit.signedIn().person)
            },
            .post("/calendar/end", Self.owners) { visit in
                try await end(visit, of: visit.signedIn().person, back: "/calendar")
            },
            .get("/feeds", Self.desk, list),
            .post("/feeds/{person}/renew", Self.desk) { visit in
                try await renew(visit, for: Person.ID(visit.parameter("person")))
            },
            .post("/feeds/{person}/end", Self.desk) { visit in
                try await end(visit, of: Person.ID(visit.parameter("person")), back: "/feeds")
            }
        ]
    }

    /// The feed itself: who has its address reads it, without a session.
    @Sendable private func read(_ visit: Visit) async throws -> Response {
        let token = Token(try visit.parameter("token"))
        guard let account = try await site.feeds.open(token, now: visit.now) else { throw Failure.notFound }
        try await site.audit.record(
            Act(actor: account.id, role: account.role, kind: .read, detail: "calendar feed"), at: visit.now)
        let words = site.pages.words(in: site.pages.language(account.language))
        let appointments = try await site.feeds.appointments(of: account, now: visit.now)
        let events: [CalendarEvent]
        if account.role == .therapist {
            let names = try await site.feeds.names(of: appointments)
            events = appointments.map {
                CalendarEvent(
                    $0, initials: (names[$0.id] ?? "").initials, clinic: site.clinic, words: words)
            }
        } else {
            events = appointments.map { CalendarEvent($0, clinic: site.clinic, words: words) }
        }
        let file = CalendarFile(
            method: .publish, organizer: site.clinic.organizer, name: site.clinic.name, events: events)
        return .calendar(file, now: visit.now)
    }

    private func renew(_ visit: Visit, for person: Person.ID) async throws -> Response {
        let session = try visit.signedIn()
        guard let token = try await site.feeds.renew(for: person, by: session.person, now: visit.now),
            let account = try await site.people.find(person)
        else { throw Failure.notFound }
        try await record(.linkMade, person, visit)
        let feed = try await site.feeds.feed(of: person)
        return try visit.page(
            FeedPage(
                visit, feed: feed, link: visit.feedAddress(of: token),
                of: account.id == session.person ? nil : account))
    }

    private func end(_ visit: Visit, of person: Person.ID, back: String) async throws -> Response {
        guard try await site.people.find(person) != nil else { throw Failure.notFound }
        if try await site.feeds.end(of: person, now: visit.now) {
            try await record(.personChanged, person, visit)
        }
        return visit.redirect(to: "\(back)?done=ended")
    }

    private func record(_ kind: Act.Kind, _ person: Person.ID, _ visit: Visit) async throws {
        let session = try visit.signedIn()
        try await site.audit.record(
            Act(actor: session.person, role: session.role, kind: kind, detail: "calendar feed of \(person)"),
            at: visit.now)
    }

    @Sendable private func list(_ visit: Visit) async throws -> Response {
        let feeds = try await site.feeds.all()
        var people = try await site.people.list(role: .therapist).filter { $0.disabledAt == nil }
        for id in feeds.keys.sorted() where !people.contains(where: { $0.id == id }) {
            if let account = try await site.people.find(id) { people.append(account) }
        }
        try await site.audit.recordRead(of: "feeds", episode: nil, by: visit.signedIn(), at: visit.now)
        return try visit.page(
            FeedsPage(visit, people: people, feeds: feeds, imports: try await site.imports.all()))
    }
}

extension Response {
    static func calendar(_ file: CalendarFile, now: Date) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/calendar; charset=utf-8; method=\(file.method.rawValue)",
                .contentDisposition: "attachment; filename=\"appointments.ics\""
            ], body: .init(byteBuffer: ByteBuffer(string: file.text(now: now))))
    }
}

extension Visit {
    /// The whole address of a feed.
    fileprivate func feedAddress(of token: Token) -> String {
        "\(origin)/calendar/\(token.text)/appointments.ics"
    }
}

/// One person's own feed.
struct FeedPage: Page {
    static let template = "calendar-feed"
    let title: String
    let text: String
    let done: String?
    /// The address, shown once.
    let link: String?
    let state: String?
    let hasFeed: Bool
    let renew: String
    let end: String
    let back: String
    let place: String?
    var width: PageWidth { .narrow }

    init(_ visit: Visit, feed: CalendarFeeds.Feed?, link: String?, of other: Account? = nil) {
        let words = visit.words
        title = other.map { words("feed.title_of", ["name": $0.name]) } ?? words["feed.title"]
        let role = other?.role ?? visit.session?.role
        text = words["feed.text_\(role == .therapist ? "therapist" : "patient")"]
        done = visit.query("done") == "ended" ? words["feed.ended"] : nil
        self.link = link
        hasFeed = feed != nil
        state = feed.map { feed in
            feed.read.map { words("feed.read", ["time": visit.dated($0)]) }
                ?? words("feed.unread", ["time": visit.dated(feed.made)])
        }
        let folder = other.map { "/feeds/\($0.id)" } ?? "/calendar"
        (renew, end) = ("\(folder)/renew", "\(folder)/end")
        back = other != nil ? "/feeds" : visit.session?.role == .patient ? "/clinic" : "/account"
        place = other != nil ? nil : back
    }
}

/// All feeds, and the calendars that are read elsewhere.
struct FeedsPage: Page {
    static let template = "feeds"

    struct Line: Sendable {
        let name: String
        let role: String
        let state: String
        let hasFeed: Bool
        let action: String
    }

    struct Source: Sendable {
        let therapist: String
        let host: String
        let state: String
        let problem: String?
        let notices: [String]
    }

    let title: String
    let done: String?
    let lines: [Line]
    let hasLines: Bool
    let sources: [Source]
    let hasSources: Bool
    var place: String? { "/feeds" }
    var width: PageWidth { .wide }

    init(
        _ visit: Visit, people: [Account], feeds: [Person.ID: CalendarFeeds.Feed],
        imports: [CalendarImports.Standing]
    ) {
        let words = visit.words
        title = words("feeds.title", count: feeds.count)
        done = visit.query("done") == "ended" ? words["feed.ended"] : nil
        lines = people.map { person in
            let feed = feeds[person.id]
            let read = feed?.read.map { words("feed.read", ["time": visit.dated($0)]) }
            let unread = feed.map { words("feed.unread", ["time": visit.dated($0.made)]) }
            return Line(
                name: person.name, role: words["feeds.role.\(person.role.rawValue)"],
                state: read ?? unread ?? words["feeds.none"], hasFeed: feed != nil,
                action: "/feeds/\(person.id)")
        }
        hasLines = !lines.isEmpty
        sources = visit.site.clinic.calendars.map { source in
            let standing = imports.first { $0.source == source.id }
            return Source(
                therapist: source.therapist, host: URL(string: source.url.text)?.host() ?? "",
                state: standing?.read.map {
                    words(
                        "feeds.source_read",
                        ["time": visit.dated($0), "count": String(standing?.events ?? 0)])
                } ?? words["feeds.source_unread"],
                problem: standing?.problem.map { words["feeds.problem.\($0)"] },
                notices: (standing?.notices ?? []).map { words["feeds.notice.\($0)"] })
        }
        hasSources = !sources.isEmpty
    }
}
