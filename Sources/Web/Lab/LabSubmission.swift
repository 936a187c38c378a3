// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Logging
import Recordings
import Store

/// What becomes of a trial: analysed from its recording, compared with what the phone found, and written.
struct LabSubmission: Sendable {
    let site: Site

    /// - Returns: The entry that was written, or that the same trial wrote before.
    /// - Throws: ``Failure``; then nothing is written.
    func write(_ visit: Visit, _ trial: LabTrial, into episode: Episode.ID) async throws -> Entry.ID {
        let bytes = try await LabUploads(site: site).bytes(trial.recording, of: episode)
        let analysis: LabAnalysis
        do {
            analysis = try LabAnalysis(
                trial.task, side: trial.side, placement: trial.placement, body: trial.body,
                cues: trial.cues, bytes: bytes)
        } catch {
            throw Failure.refused("recording_unusable")
        }
        let person = try await site.people.find(visit.signedIn().person)
        let values = analysis.values(
            site.pathway, recording: trial.recording, years: Self.years(person, visit),
            sex: person?.sex?.rawValue)
        // Where nothing was found, nothing is known: a zero would say that the leg cannot do it.
        guard !values.isEmpty, values[0].value > 0 else { throw Failure.refused("recording_unusable") }
        try requireAgreement(trial, values)
        var measured = Measured(values, note: note(trial, visit))
        measured.values.merge(trial.body.values) { found, _ in found }
        let content = measured
        let written = try await site.scribe.write(
            in: episode, by: visit.author(), form: visit.formID(), now: visit.now
        ) { chart in
            guard LabGate(trial.task, in: chart) == .open else { throw Failure.refused("paused") }
            return [.measured(content)]
        }
        guard let entry = written.entries.first else { throw Failure.notFound }
        if !written.isRepeated {
            try await site.audit.record(
                Act(
                    actor: visit.signedIn().person, role: .patient, kind: .wrote, episode: episode,
                    detail: "measured"), at: visit.now)
        }
        return entry.id
    }

    /// The phone ran the same code on the same numbers; where its bits are others, one of both is wrong.
    private func requireAgreement(_ trial: LabTrial, _ values: [MeasuredValue]) throws {
        guard let phone = trial.phone else { return }
        for (fact, bits) in phone {
            guard values.first(where: { $0.fact == fact })?.value.bitPattern == bits else {
                site.logger.error("phone and server differ", metadata: ["measure": "\(fact)"])
                throw Failure.refused("recording_differs")
            }
        }
    }

    private func note(_ trial: LabTrial, _ visit: Visit) -> String {
        var lines: [String] = []
        if !trial.ended.isEmpty { lines.append(visit.words["lab.note.\(trial.ended)"]) }
        if visit.now.timeIntervalSince(trial.recordedAt) > 3600 {
            lines.append(
                visit.words("lab.note.late", ["when": visit.moment.stamp(trial.recordedAt, visit.words)]))
        }
        if !trial.cues.line.isEmpty { lines.append(trial.cues.line) }
        return lines.joined(separator: " ")
    }

    private static func years(_ person: Account?, _ visit: Visit) -> Int? {
        person?.born.map { born in
            let today = visit.moment.today
            return today.year - born.year - ((today.month, today.day) >= (born.month, born.day) ? 0 : 1)
        }
    }
}
