// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// The therapist's forms of one chart: evaluate, plan, treat, measure.
struct ChartForms: Feature {
    let site: Site

    private static let therapist = Allow.only([.therapist])

    var routes: [Route] {
        [
            .get("/charts/{episode}/evaluate", Self.therapist) { try await EvaluateForm($0).show() },
            .post("/charts/{episode}/evaluate", Self.therapist) { try await EvaluateForm($0).send() },
            .get("/charts/{episode}/plan", Self.therapist) { try await PlanForm($0).show() },
            .post("/charts/{episode}/plan", Self.therapist) { try await PlanForm($0).send() },
            .get("/charts/{episode}/treat", Self.therapist) { try await TreatForm($0).show() },
            .post("/charts/{episode}/treat", Self.therapist) { try await TreatForm($0).send() },
            .get("/charts/{episode}/measure", Self.therapist) { try await MeasureEntryForm($0).show() },
            .post("/charts/{episode}/measure", Self.therapist) { try await MeasureEntryForm($0).send() }
        ]
    }
}

extension ChartForms {
    /// A chart opened for one of its forms; that it was read is in the audit before anything is shown.
    struct Opened: Sendable {
        let id: Episode.ID
        let patient: Patient
        let episode: Episode
        let page: String

        init(_ visit: Visit, page: String) async throws {
            id = Episode.ID(try visit.parameter("episode"))
            guard let patient = try await visit.site.people.patient(of: id) else { throw Failure.notFound }
            try await visit.site.audit.recordRead(of: page, episode: id, by: visit.signedIn(), at: visit.now)
            self.patient = patient
            self.page = page
            episode = try await visit.site.scribe.episode(id)
        }

        var href: String { "/charts/\(id)" }
        var action: String { "\(href)/\(page)" }

        /// Writes once per form, puts it into the audit and goes back to the chart.
        ///
        /// - Parameters:
        ///   - visit: The request with the form.
        ///   - act: The audit's word for it.
        ///   - events: What to write, given the chart as it stands then.
        /// - Returns: The way back to the chart.
        /// - Throws: What `events` throws, and ``Failure/refused(_:)`` for a closed chart; nothing is written.
        func write(
            _ visit: Visit, _ act: String, _ events: @escaping @Sendable (Episode) throws -> [Event]
        ) async throws -> Response {
            let session = try visit.signedIn()
            let written = try await visit.site.scribe.write(
                in: id, by: visit.author(), form: visit.formID(), now: visit.now
            ) { episode in
                guard episode.closed == nil else { throw Failure.refused("chart_closed") }
                return try events(episode)
            }
            if !written.isRepeated {
                try await visit.site.audit.record(
                    Act(actor: session.person, role: session.role, kind: .wrote, episode: id, detail: act),
                    at: visit.now)
            }
            return visit.redirect(to: href)
        }
    }

    /// What stands around every form: whose chart it is, the way back, the form's identity, what is wrong.
    struct Sheet: Sendable {
        let line: String
        let back: String
        let action: String
        let formID: String
        /// The programme is held or a flag is open: said on top of every form.
        let standing: String?
        let faults: [Fault]
        let faultsTitle: String?

        init(_ chart: Opened, _ visit: Visit, faults: [Fault] = []) {
            line = Self.line(chart, visit)
            back = chart.href
            action = chart.action
            // The same identity while it is corrected: it has not written anything yet.
            let sent = visit.form["form"]
            formID = sent.isEmpty ? visit.site.ids.make() : sent
            standing = Self.standing(chart.episode, visit.words)
            self.faults = faults
            faultsTitle = faults.isEmpty ? nil : visit.words("sheet.faults", count: faults.count)
        }

        private static func line(_ chart: Opened, _ visit: Visit) -> String {
            var parts = [chart.patient.account.name]
            if let side = chart.episode.injuredSide {
                parts.append(visit.words["sheet.calf.\(side.rawValue)"])
            }
            if let day = chart.episode.evaluation?.injuredOn {
                let days = visit.moment.today.number - day.number
                parts.append(visit.words("sheet.day_of_injury", ["day": String(days)]))
            }
            if let phase = chart.episode.plan?.phase { parts.append(visit.medicine["phase.\(phase).name"]) }
            return parts.joined(separator: " · ")
        }

        private static func standing(_ episode: Episode, _ words: Words) -> String? {
            if episode.closed != nil { return words["sheet.closed"] }
            if !episode.openFlags.isEmpty { return words("sheet.flags", count: episode.openFlags.count) }
            return episode.hold == nil ? nil : words["sheet.held"]
        }
    }

    /// What is wrong with one field.
    struct Fault: Sendable, Hashable {
        let field: String
        let text: String
    }

    /// The text of every field, as it was typed or filled in beforehand.
    struct Values: Sendable {
        private var texts: [String: String] = [:]

        init() {}

        init(_ form: Form) {
            for name in form.names { texts[name] = form[name] }
        }

        subscript(name: String) -> String {
            get { texts[name] ?? "" }
            set { texts[name] = newValue }
        }

        func has(_ name: String) -> Bool { texts[name] != nil }
    }

    /// One field as a template shows it.
    struct Field: Sendable {
        struct Option: Sendable {
            let value: String
            let text: String
            let isChosen: Bool
        }

        let id: String
        let label: String
        var hint: String?
        var fault: String?
        var typed = ""
        var unit: String?
        var options: [Option] = []
        var isDate = false

        /// A choice whose options are known by value.
        init(choice id: String, label: String, chosen: String, _ options: [(value: String, text: String)]) {
            self.id = id
            self.label = label
            self.options = options.map {
                Option(value: $0.value, text: $0.text, isChosen: $0.value == chosen)
            }
        }

        init(_ id: String, label: String, typed: String, unit: String? = nil) {
            self.id = id
            self.label = label
            self.typed = typed
            self.unit = unit
        }

        func with(hint: String? = nil, fault faults: [Fault]) -> Field {
            var field = self
            field.hint = hint
            field.fault = faults.first { $0.field == id }?.text
            return field
        }
    }

    /// Longest text that a field takes.
    static let longestText = 2000
}

extension Visit {
    /// A source with how far it was read, for the small print under a proposal.
    func sheetText(_ basis: Basis) -> String {
        let sources = basis.sources.map { site.pathway.citations[$0]?.text ?? $0.rawValue }
        return words(
            "sheet.source",
            ["sources": sources.joined(separator: "; "), "tag": words["sheet.tag.\(basis.tag.rawValue)"]])
    }
}
