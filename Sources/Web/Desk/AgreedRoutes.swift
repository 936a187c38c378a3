// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// Appointments that a change of the zone's rules moved away from the time that was agreed.
struct AgreedRoutes: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .get("/diary/agreed", .only([.desk]), show),
            .post("/diary/agreed", .only([.desk]), keep)
        ]
    }

    @Sendable private func show(_ visit: Visit) async throws -> Response {
        try await site.audit.recordRead(of: "diary", episode: nil, by: visit.signedIn(), at: visit.now)
        return try visit.page(
            AgreedPage(
                visit, try await site.diary.shifted(now: visit.now),
                therapists: try await site.diary.therapists()))
    }

    @Sendable private func keep(_ visit: Visit) async throws -> Response {
        let outcome = try await site.diary.keepAgreedTimes(
            form: visit.formKey("keep agreed times"), now: visit.now)
        for appointment in outcome.appointments {
            try await visit.record(.bookingChanged, appointment.id.rawValue)
        }
        try await site.waiting.offer(now: visit.now)
        return visit.redirect(to: "/diary/agreed?done=kept")
    }
}

struct AgreedPage: Page {
    static let template = "diary-agreed"

    struct Line: Sendable {
        let name: String
        let phone: String?
        let phoneLink: String
        let agreed: String
        /// When they would find somebody here, as the diary keeps it now.
        let kept: String
        let what: String
        let lineHref: String
    }

    let title: String
    let done: String?
    let lines: [Line]
    let hasLines: Bool
    /// Some can be put back by one button; the others are moved by hand.
    let canKeep: Bool
    let formID: String
    var place: String? { "/diary" }
    var width: PageWidth { .wide }

    init(_ visit: Visit, _ shifted: [Diary.Shifted], therapists: [Therapist]) {
        let words = visit.words
        let wording = AppointmentWords(visit, therapists: therapists)
        title = shifted.isEmpty ? words["shifted.none"] : words("shifted.count", count: shifted.count)
        done = visit.done("shifted")
        lines = shifted.map { shifted in
            let appointment = shifted.entry.appointment
            return Line(
                name: shifted.entry.name ?? "", phone: shifted.entry.phone,
                phoneLink: shifted.entry.phone?.dialled ?? "", agreed: wording.when(appointment),
                kept: wording.when(appointment.starts),
                what: "\(wording.service(appointment.service)) · \(wording.therapist(appointment.therapist))",
                lineHref: "/diary/\(appointment.id)")
        }
        hasLines = !lines.isEmpty
        canKeep = shifted.contains {
            if case .moved(let start) = $0.agreed { start > visit.now } else { false }
        }
        formID = visit.site.ids.make()
    }
}
