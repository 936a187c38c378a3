// SPDX-License-Identifier: Apache-2.0
import Clinical
import Crypto
import Foundation
import Store

/// Reads the calendars that `clinic.yaml` lists, so that nobody is booked while they are busy elsewhere.
///
/// Addresses come from that file alone, never from a form. A calendar that cannot be read keeps what it said
/// before: busy stays busy.
struct CalendarImporter: Sendable {
    let site: Site

    static let interval: TimeInterval = 15 * 60
    private static let ahead: TimeInterval = 400 * 86_400

    func readDue() async throws {
        let sources = site.clinic.calendars
        for known in try await site.imports.all() where !sources.contains(where: { $0.id == known.source }) {
            try await site.imports.forget(known.source)
        }
        for source in sources where !Task.isCancelled {
            let now = site.clock()
            guard try await site.imports.takeTurn(of: source.id, every: Self.interval, now: now) else {
                continue
            }
            do {
                try await read(source, now)
            } catch let problem as Problem {
                try await site.imports.failed(source.id, problem.rawValue)
            }
        }
    }

    enum Problem: String, Error, CaseIterable {
        case noTherapist = "no_therapist"
        case unreachable
        case tooSlow = "too_slow"
        case tooLarge = "too_large"
        /// It answered with something else than the calendar.
        case refused
        case notACalendar = "not_a_calendar"
    }

    private func read(_ source: CalendarSource, _ now: Date) async throws {
        let therapist = try await site.people.find(email: source.therapist)?.account
        guard let therapist, therapist.role == .therapist, therapist.disabledAt == nil else {
            throw Problem.noTherapist
        }
        let text = try await fetch(source.url)
        let busy: BusyTimes
        do {
            let window = DateInterval(start: now.addingTimeInterval(-86_400), duration: Self.ahead)
            busy = try BusyTimes(reading: text, within: window, home: site.clinic.zone)
        } catch { throw error == .tooLarge ? Problem.tooLarge : Problem.notACalendar }
        // A calendar that was read in part would free what it did not say.
        guard busy.notices[.tooMany] == nil else { throw Problem.tooLarge }
        let diary = Diary(site.database, rules: site.clinic.diary, ids: site.ids)
        try await diary.replaceBusy(
            from: source.id, of: therapist.id, with: busy.intervals.map { $0.start..<$0.end }, now: now)
        try await site.imports.succeeded(
            source.id, events: busy.intervals.count, notices: busy.notices.keys.map(\.rawValue).sorted(),
            now: now)
    }

    private func fetch(_ address: WebAddress) async throws -> String {
        let answer: Curl.Answer
        do {
            answer = try await Curl(url: address).ask(limit: CalendarComponent.largestFile, seconds: 30)
        } catch let fault as Command.Fault {
            switch fault {
            case .tooMuch: throw Problem.tooLarge
            case .tooSlow: throw Problem.tooSlow
            case .cannotStart, .killed: throw Problem.unreachable
            }
        }
        guard answer.status == 200 else { throw Problem.refused }
        return String(decoding: answer.body, as: UTF8.self)
    }
}

extension CalendarSource {
    /// Names it in the database: the address can be a secret, and says more than it needs to.
    var id: String {
        let hash = SHA256.hash(data: Data(url.text.utf8)).prefix(8)
        return "calendar-" + hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
