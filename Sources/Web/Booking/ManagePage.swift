// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// What an appointment is, in lines.
struct AppointmentFacts: Sendable {
    let service: String
    let when: String
    let therapist: String
    let minutes: String

    init(_ appointment: Appointment, _ wording: AppointmentWords) {
        service = wording.service(appointment.service)
        when = wording.when(appointment)
        therapist = wording.therapist(appointment.therapist)
        let length = Int(appointment.ends.timeIntervalSince(appointment.starts) / 60)
        minutes = wording.words("booking.minutes", ["count": String(length)])
    }
}

/// Who comes, as a visitor typed it.
struct DetailsForm: Sendable {
    enum Fault: String, Sendable { case name, phone, email }

    var name = ""
    var phone = ""
    var email = ""
    var consents = false
    var faults: [Fault] = []

    init(_ appointment: Appointment) {
        name = appointment.visitor?.name ?? ""
        phone = appointment.visitor?.phone ?? ""
        email = appointment.visitor?.email ?? ""
    }

    init(_ visit: Visit) {
        name = visit.form["name"].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        phone = visit.form["phone"].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        email = visit.form["email"]
        consents = visit.form["consent"] == "yes"
        if !(1...100).contains(name.count) { faults.append(.name) }
        // Country code included, a number has up to 15 digits (E.164).
        if phone.count > 30 || !(7...15).contains(phone.count { $0.isNumber }) { faults.append(.phone) }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress =
            parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && email.count <= 200
            && !email.contains(where: \.isWhitespace)
        if !email.isEmpty, !isAddress { faults.append(.email) }
    }

    var visitor: Visitor { Visitor(name: name, phone: phone, email: email.isEmpty ? nil : email) }
}

/// A kept time, and the form that makes an appointment of it.
struct DetailsPage: Page {
    static let template = "book-details"
    let title: String
    let facts: AppointmentFacts
    let keptUntil: String?
    let path: String
    let formID: String
    let backID: String
    let form: DetailsForm
    let nameFault: String?
    let phoneFault: String?
    let emailFault: String?
    let problems: [Problem]
    let hasProblems: Bool
    /// The person has an account, so nothing is asked.
    let isKnown: Bool
    /// Kept for somebody of the waiting list.
    let isOffer: Bool
    let carried: [HiddenField]
    let carries: Bool
    let noticeLine: String
    var place: String? { "/book" }

    init(
        _ visit: Visit, _ appointment: Appointment, link: String, form: DetailsForm, therapists: [Therapist]
    ) {
        let words = visit.words
        let wording = AppointmentWords(visit, therapists: therapists)
        facts = AppointmentFacts(appointment, wording)
        title = words(
            appointment.isOffer ? "booking.details.offer" : "booking.details.title", ["when": facts.when])
        keptUntil = appointment.heldUntil.map {
            words("booking.details.kept", ["clock": wording.clock($0)])
        }
        path = "/book/manage/\(link)"
        formID = visit.site.ids.make()
        backID = visit.site.ids.make()
        self.form = form
        func fault(_ fault: DetailsForm.Fault) -> String? {
            form.faults.contains(fault) ? words["booking.fault.\(fault.rawValue)"] : nil
        }
        nameFault = fault(.name)
        phoneFault = fault(.phone)
        emailFault = fault(.email)
        problems = form.faults.map {
            Problem(href: "#\($0.rawValue)", text: words["booking.fault.\($0.rawValue)"])
        }
        hasProblems = !problems.isEmpty
        isKnown = appointment.patient != nil
        isOffer = appointment.isOffer
        carried = BookPage.carried(visit)
        carries = !carried.isEmpty
        noticeLine = words(
            "booking.details.notice", ["count": String(visit.site.clinic.diary.noticeHours)])
    }
}

/// An appointment behind a link: what it is, and what can be done with it.
struct ManagePage: Page {
    static let template = "book-manage"
    let title: String
    let done: String?
    let facts: AppointmentFacts
    let address: [String]
    let path: String
    let isBooked: Bool
    let isCancelled: Bool
    /// An offer that they did not want; they wait on.
    let isOfferOver: Bool
    /// It starts too soon to be changed here.
    let noticeLine: String?
    let canChange: Bool
    let hasRequest: Bool
    let cancelID: String
    let detachID: String
    let keepLine: String
    let texts: TextChoice?
    var place: String? { "/book" }

    init(
        _ visit: Visit, _ appointment: Appointment, link: String, therapists: [Therapist], refusesTexts: Bool
    ) {
        let words = visit.words
        let rules = visit.site.clinic.diary
        facts = AppointmentFacts(appointment, AppointmentWords(visit, therapists: therapists))
        isBooked = appointment.status == .booked
        isCancelled = appointment.status == .cancelled
        let end = appointment.isOffer ? appointment.holdEnd : nil
        title = words(
            end != nil
                ? "booking.manage.declined"
                : isCancelled ? "booking.manage.cancelled" : "booking.manage.title",
            ["when": facts.when])
        isOfferOver = end != nil
        done = end == nil ? visit.done("booking") : nil
        address = [visit.site.clinic.name] + visit.site.clinic.address
        path = "/book/manage/\(link)"
        let latest = appointment.starts.addingTimeInterval(-Double(rules.noticeHours) * 3600)
        canChange = isBooked && visit.now <= latest
        noticeLine =
            isBooked && !canChange
            ? words("booking.refused.notice.text", ["number": String(rules.noticeHours)]) : nil
        hasRequest = isBooked && appointment.request != nil
        cancelID = visit.site.ids.make()
        detachID = visit.site.ids.make()
        keepLine = words["booking.manage.keep"]
        let textsPath = "\(path)/texts"
        texts = isBooked ? TextChoice(visit, path: textsPath, refuses: refusesTexts) : nil
    }
}

/// Free times that an appointment can be moved to.
struct MovePage: Page {
    static let template = "book-move"
    let title: String
    let facts: AppointmentFacts
    let path: String
    let week: SlotWeek
    let picker: SlotPicker
    let formID: String
    let version: Int
    var place: String?

    init(_ visit: Visit, _ appointment: Appointment, path: String, place: String? = "/book") async throws {
        let wording = AppointmentWords(visit, therapists: try await visit.site.diary.therapists())
        facts = AppointmentFacts(appointment, wording)
        title = visit.words("booking.move.title", ["service": facts.service])
        self.path = path
        week = SlotWeek(visit, from: visit.query("from"))
        guard let service = visit.site.clinic.diary.service(appointment.service) else {
            throw Failure.notFound
        }
        let slots = try await visit.site.diary.slots(
            of: service, with: nil, on: week.days, patient: appointment.patient, now: visit.now)
        picker = SlotPicker(slots, wording)
        formID = visit.site.ids.make()
        version = appointment.version
        self.place = place
    }
}

/// The appointment as a file for the person's own calendar.
struct AppointmentFile: Sendable {
    let text: String

    init(_ appointment: Appointment, _ visit: Visit) {
        let clinic = visit.site.clinic
        let event = CalendarEvent(appointment, clinic: clinic, words: visit.words)
        text = CalendarFile(
            method: appointment.status == .cancelled ? .cancel : .publish, organizer: clinic.organizer,
            events: [event]
        ).text(now: visit.now)
    }

    func response() throws -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/calendar; charset=utf-8",
                .contentDisposition: "attachment; filename=\"appointment.ics\""
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
