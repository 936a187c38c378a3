// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird

/// Measurements that the therapist takes: every recorded measure, both sides, with the last value beside.
struct MeasureEntryForm: Sendable {
    let visit: Visit
    let chart: ChartForms.Opened

    init(_ visit: Visit) async throws {
        self.visit = visit
        chart = try await ChartForms.Opened(visit, page: "measure")
    }

    func show() throws -> Response {
        try visit.page(MeasureEntryPage(visit, chart, values: .init(), faults: []))
    }

    func send() async throws -> Response {
        let values = ChartForms.Values(visit.form)
        let reading = MeasureFields(visit).read(values)
        var faults = reading.faults
        let note = values["note"]
        if note.count > ChartForms.longestText {
            faults.append(.init(field: "note", text: visit.words["sheet.fault.long"]))
        }
        if faults.isEmpty, reading.values.isEmpty {
            faults.append(.init(field: "measures", text: visit.words["measure_entry.fault.empty"]))
        }
        guard faults.isEmpty else {
            return try visit.page(
                MeasureEntryPage(visit, chart, values: values, faults: faults), status: .unprocessableContent)
        }
        let measured = Measured(values: reading.values, note: note)
        return try await chart.write(visit, "measured") { _ in [.measured(measured)] }
    }
}

/// The page of measurement entry.
struct MeasureEntryPage: Page {
    static let template = "measure-entry"
    let title: String
    let sheet: ChartForms.Sheet
    let left: String
    let right: String
    let pairs: [MeasureFields.Pair]
    let singles: [ChartForms.Field]
    let note: ChartForms.Field
    var place: String? { "/board" }

    init(
        _ visit: Visit, _ chart: ChartForms.Opened, values: ChartForms.Values, faults: [ChartForms.Fault]
    ) {
        let fields = MeasureFields(visit)
        title = visit.words["measure_entry.title"]
        sheet = .init(chart, visit, faults: faults)
        left = fields.column(.left, chart.episode)
        right = fields.column(.right, chart.episode)
        pairs = fields.pairs(values, faults, chart.episode)
        singles = fields.singles(values, faults, chart.episode)
        note = ChartForms.Field("note", label: visit.words["sheet.note"], typed: values["note"])
            .with(fault: faults)
    }
}
