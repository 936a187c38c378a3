// SPDX-License-Identifier: Apache-2.0
import Clinical
import HTTPTypes
import Hummingbird

/// Clinic treatment of one visit: what, how long, which side, how much, how the leg answered.
struct TreatForm: Sendable {
    let visit: Visit
    let chart: ChartForms.Opened

    static let minutes = 1.0...180.0
    static let longestLine = 300

    init(_ visit: Visit) async throws {
        self.visit = visit
        chart = try await ChartForms.Opened(visit, page: "treat")
    }

    func show() throws -> Response { try visit.page(TreatPage(visit, chart, values: nil, faults: [])) }

    func send() async throws -> Response {
        let values = ChartForms.Values(visit.form)
        var faults: [ChartForms.Fault] = []
        var items: [Treated.Item] = []
        for treatment in visit.site.pathway.treatments where Self.isChosen(treatment, values) {
            if let item = item(treatment, values, &faults) { items.append(item) }
        }
        let note = values["note"]
        if note.count > ChartForms.longestText {
            faults.append(.init(field: "note", text: visit.words["sheet.fault.long"]))
        }
        if items.isEmpty, faults.isEmpty {
            faults.append(.init(field: "treatments", text: visit.words["treat.fault.none"]))
        }
        guard faults.isEmpty else {
            return try visit.page(
                TreatPage(visit, chart, values: values, faults: faults), status: .unprocessableContent)
        }
        let treated = Treated(items: items, note: note)
        let (pathway, moment) = (visit.site.pathway, visit.moment)
        return try await chart.write(visit, "treated") { episode in
            // The page has said so already; a flag raised since then locks it here.
            for item in treated.items {
                guard let treatment = pathway.treatment(item.treatment),
                    Self.unmet(treatment, pathway, episode, at: moment).isEmpty
                else { throw Failure.refused("treatment_locked") }
            }
            return [.treated(treated)]
        }
    }

    /// What must hold before it may be done, and does not: unknown is not met.
    static func unmet(_ treatment: Treatment, _ pathway: Pathway, _ episode: Episode, at moment: Moment)
        -> [Decision.Standing]
    {
        pathway.standings(treatment.needs, episode, at: moment).filter { $0.verdict != .met }
    }

    /// Ticked, or something is written into its row.
    static func isChosen(_ treatment: Treatment, _ values: ChartForms.Values) -> Bool {
        values["use.\(treatment.id)"] == "yes"
            || ["minutes", "dose", "response"].contains { !values["\($0).\(treatment.id)"].isEmpty }
    }

    private func item(_ treatment: Treatment, _ values: ChartForms.Values, _ faults: inout [ChartForms.Fault])
        -> Treated.Item?
    {
        let id = treatment.id
        func refuse(_ field: String, _ key: String) {
            faults.append(
                .init(
                    field: "\(field).\(id)",
                    text: visit.words(
                        "treat.fault.\(key)",
                        [
                            "treatment": visit.medicine["treatment.\(id).name"],
                            "from": Self.minutes.lowerBound.plain,
                            "to": Self.minutes.upperBound.plain, "longest": String(Self.longestLine)
                        ])))
        }
        let before = faults.count
        if !Self.unmet(treatment, visit.site.pathway, chart.episode, at: visit.moment).isEmpty {
            refuse("row", "locked")
            return nil
        }
        let minutes = MeasureNumber(values["minutes.\(id)"])
        if !(minutes.map { $0.isWhole && Self.minutes.contains($0.value) } ?? false) {
            refuse("minutes", "minutes")
        }
        let side = Side(rawValue: values["side.\(id)"])
        if side == nil { refuse("side", "side") }
        for field in ["dose", "response"] where values["\(field).\(id)"].count > Self.longestLine {
            refuse(field, "long")
        }
        guard faults.count == before, let minutes, let side else { return nil }
        return .init(
            treatment: id, minutes: Int(minutes.value), side: side, dose: values["dose.\(id)"],
            response: values["response.\(id)"])
    }
}
