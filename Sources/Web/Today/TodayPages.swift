// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import NIOCore
import Store

/// The patient's day: what is due, logging it, and the daily check.
struct TodayPages: Feature {
    let site: Site

    var routes: [Route] {
        let patient = Allow.only([.patient])
        return [
            .get("/today", patient, today),
            .post("/today/log", patient, logAsPrescribed),
            .post("/today/pain", patient, addPain),
            .get("/today/exercise/{exercise}", patient, showExercise),
            .post("/today/exercise/{exercise}", patient, logExercise),
            .get("/check-in", patient, showCheckIn),
            .post("/check-in", patient, checkIn),
            .get("/measure", patient, showMeasures),
            .post("/measure", patient, measure),
            .get("/progress", patient, progress),
            .get("/clinic", patient, clinic)
        ]
    }

    /// The patient's own chart; somebody else's cannot be named.
    private func place(_ visit: Visit) async throws -> PatientPlace {
        guard let place = try await site.people.place(of: visit.signedIn().person) else {
            throw Failure.notFound
        }
        return place
    }

    /// The page is made once per chart, session and minute: nothing else can change it.
    @Sendable private func today(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        let place = try await place(visit)
        try await site.audit.recordRead(of: "today", episode: place.episode, by: session, at: visit.now)
        let key = PageMemo.Key(
            session: session.hash, episode: place.episode.rawValue, sequence: place.sequence,
            minute: Int(visit.now.timeIntervalSince1970 / 60), language: visit.language, path: "today")
        if let page = site.today.page(key) { return Self.html(page) }
        let episode = try await site.scribe.episode(place.episode)
        let page = TodayPage(visit, episode: episode)
        let html = try site.pages.html(page, shell: Shell(visit, for: page), language: visit.language)
        let buffer = ByteBuffer(string: html)
        // Between the two reads somebody may have written: a newer page is not kept under the older number.
        if episode.sequence == place.sequence { site.today.keep(buffer, for: key) }
        return Self.html(buffer)
    }

    private static func html(_ page: ByteBuffer) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: page))
    }

    /// One tap: it was done once, as prescribed.
    ///
    /// The pain is asked right after, and unknown until then.
    @Sendable private func logAsPrescribed(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        let id = Exercise.ID(visit.form["exercise"])
        try await write(visit, place, detail: "session") { episode in
            let due = try due(id, in: episode, at: visit.moment)
            guard case .due = due.state else { throw Failure.refused("not_due") }
            return .sessionLogged(
                SessionLog(
                    exercise: id, prescribed: due.dose, done: due.dose, asPrescribed: true,
                    painLoadingNRS: nil,
                    sharpStab: nil))
        }
        return visit.redirect(to: "/today#\(id)")
    }

    /// Adds the pain to a log that was made with one tap.
    @Sendable private func addPain(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        let entry = Entry.ID(visit.form["entry"])
        guard let pain = Int(visit.form["pain"]), (0...10).contains(pain) else { throw Failure.badForm }
        let person = try visit.signedIn().person
        try await write(visit, place, detail: "pain") { episode in
            guard let log = episode.logs.first(where: { $0.entry == entry && $0.author.id == person }) else {
                throw Failure.notFound
            }
            var content = log.content
            content.painLoadingNRS = pain
            content.sharpStab = content.sharpStab ?? false
            return .amended(Amended(entry: entry, replacement: .sessionLogged(content), reason: "pain_added"))
        }
        return visit.redirect(to: "/today")
    }

    @Sendable private func showExercise(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        try await site.audit.recordRead(
            of: "exercise", episode: place.episode, by: visit.signedIn(), at: visit.now)
        let episode = try await site.scribe.episode(place.episode)
        let due = try due(Exercise.ID(visit.parameter("exercise")), in: episode, at: visit.moment)
        return try visit.page(ExercisePage(visit, due: due, episode: episode))
    }

    /// What really happened: sets, repetitions, pain, a stab, a note.
    @Sendable private func logExercise(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        let id = Exercise.ID(try visit.parameter("exercise"))
        let episode = try await site.scribe.episode(place.episode)
        let current = try due(id, in: episode, at: visit.moment)
        let entered = LoggedSession(visit.form, prescribed: current.dose, visit: visit)
        guard entered.problems.isEmpty else {
            return try visit.page(
                ExercisePage(visit, due: current, episode: episode, entered: entered),
                status: .unprocessableContent)
        }
        try await write(visit, place, detail: "session") { episode in
            let due = try due(id, in: episode, at: visit.moment)
            if case .locked = due.state { throw Failure.refused("not_due") }
            return .sessionLogged(entered.log(of: id, prescribed: due.dose))
        }
        return visit.redirect(to: "/today#\(id)")
    }

    @Sendable private func showCheckIn(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        try await site.audit.recordRead(
            of: "check-in", episode: place.episode, by: visit.signedIn(), at: visit.now)
        return try visit.page(CheckInPage(visit, entered: Form(), problems: []))
    }

    @Sendable private func checkIn(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        let checked = CheckedIn(visit.form, pathway: site.pathway, visit: visit)
        guard checked.problems.isEmpty else {
            return try visit.page(
                CheckInPage(visit, entered: visit.form, problems: checked.problems),
                status: .unprocessableContent)
        }
        let answers = checked.answers
        try await write(visit, place, detail: "check-in") { _ in .checkedIn(CheckIn(answers: answers)) }
        return visit.redirect(to: "/today")
    }

    @Sendable private func showMeasures(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        try await site.audit.recordRead(
            of: "measure", episode: place.episode, by: visit.signedIn(), at: visit.now)
        let episode = try await site.scribe.episode(place.episode)
        return try visit.page(MeasurePage(visit, episode, values: .init(), faults: []))
    }

    /// What the patient reached; only what the phase asks for is taken.
    @Sendable private func measure(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        let episode = try await site.scribe.episode(place.episode)
        guard !MeasurePage.isPaused(episode) else { throw Failure.refused("paused") }
        let values = ChartForms.Values(visit.form)
        let reading = MeasureFields(MeasurePage.measures(visit, episode), visit).read(values)
        var faults = reading.faults
        if faults.isEmpty, reading.values.isEmpty {
            faults.append(.init(field: "measures", text: visit.words["measure.nothing"]))
        }
        guard faults.isEmpty else {
            return try visit.page(
                MeasurePage(visit, episode, values: values, faults: faults), status: .unprocessableContent)
        }
        let measured = Measured(values: reading.values)
        try await write(visit, place, detail: "measured") { _ in .measured(measured) }
        return visit.redirect(to: "/today#why")
    }

    @Sendable private func progress(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        try await site.audit.recordRead(
            of: "progress", episode: place.episode, by: visit.signedIn(), at: visit.now)
        return try visit.page(ProgressPage(visit, episode: try await site.scribe.episode(place.episode)))
    }

    @Sendable private func clinic(_ visit: Visit) async throws -> Response {
        let place = try await place(visit)
        try await site.audit.recordRead(
            of: "clinic", episode: place.episode, by: visit.signedIn(), at: visit.now)
        let person = try visit.signedIn().person
        let own = try await site.diary.appointments(of: person, now: visit.now)
        let wording = AppointmentWords(visit, therapists: try await site.diary.therapists())
        return try visit.page(
            ClinicPage(
                visit, episode: try await site.scribe.episode(place.episode),
                appointments: own.map { OwnAppointment(visit, $0, wording) },
                refusesTexts: try await site.textRefusals.has(.patient(person))))
    }

    /// The exercise of today's programme; paused or unknown ones cannot be logged.
    private func due(_ id: Exercise.ID, in episode: Episode, at moment: Moment) throws -> DueExercise {
        if episode.hold != nil || !episode.openFlags.isEmpty { throw Failure.refused("paused") }
        guard let due = site.pathway.dueToday(episode, at: moment).first(where: { $0.exercise.id == id })
        else {
            throw Failure.notFound
        }
        return due
    }

    private func write(
        _ visit: Visit, _ place: PatientPlace, detail: String, _ event: @Sendable (Episode) throws -> Event
    ) async throws {
        let session = try visit.signedIn()
        let written = try await site.scribe.write(
            in: place.episode, by: visit.author(), form: visit.formID(), now: visit.now
        ) { [try event($0)] }
        guard !written.isRepeated else { return }
        try await site.audit.record(
            Act(actor: session.person, role: .patient, kind: .wrote, episode: place.episode, detail: detail),
            at: visit.now)
    }
}
