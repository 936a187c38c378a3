// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

// Taking back an entry that was made by mistake: it stays in the journal and counts for nothing.
extension ChartPages {
    func showAmend(_ visit: Visit, problem: ChartProblem? = nil) async throws -> Response {
        let chart = try await read(visit, page: "amend")
        let id = Entry.ID(try visit.parameter("entry"))
        guard let entry = chart.entries.first(where: { $0.id == id }), entry.canBeAmended else {
            throw Failure.notFound
        }
        guard chart.episode.stillCounts(id) else { throw Failure.refused("amended_already") }
        return try visit.page(
            AmendPage(visit, chart, entry, problem: problem),
            status: problem == nil ? .ok : .unprocessableContent)
    }

    @Sendable func amend(_ visit: Visit) async throws -> Response {
        let id = Entry.ID(try visit.parameter("entry"))
        guard let reason = text(visit, "amend_reason") else {
            return try await showAmend(visit, problem: problem(with: "amend_reason", visit))
        }
        return try await write(visit, as: "amended", to: "#timeline") { chart in
            guard chart.closed == nil else { throw Failure.refused("chart_closed") }
            guard chart.stillCounts(id) else { throw Failure.refused("amended_already") }
            return [.amended(Amended(entry: id, replacement: .nothing, reason: reason))]
        }
    }
}

extension Entry {
    /// Logs, check-ins, treatments and measurements can be taken back; nothing else can.
    var canBeAmended: Bool {
        switch event {
        case .sessionLogged, .checkedIn, .treated, .measured: true
        default: false
        }
    }
}

extension Episode {
    /// The entry is in the current picture, as something that can be taken back.
    func stillCounts(_ entry: Entry.ID) -> Bool {
        logs.contains { $0.entry == entry } || checkIns.contains { $0.entry == entry }
            || treatments.contains { $0.entry == entry } || measurements.contains { $0.entry == entry }
    }
}

/// One entry in full, and the form that takes it back.
struct AmendPage: Page {
    static let template = "chart-amend"
    let title: String
    let person: String
    let chartPath: String
    let amendAction: String
    let item: ChartTimelineItem
    let formID: String
    let amendReason: String
    let amendError: String?
    var place: String? { "/board" }

    init(_ visit: Visit, _ chart: OpenChart, _ entry: Entry, problem: ChartProblem?) {
        title = visit.words["chart.amend.title"]
        person = chart.patient.account.name
        chartPath = "/charts/\(chart.patient.episode)"
        amendAction = "\(chartPath)/amend/\(entry.id)"
        item = ChartTimelineItem(entry, chart, ChartWording(visit), corrections: [:])
        formID = visit.nextFormID()
        amendReason = visit.form["amend_reason"]
        amendError = problem?.text
    }
}
