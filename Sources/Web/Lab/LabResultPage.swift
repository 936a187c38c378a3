// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Recordings
import Store

/// One trial's result: the other leg first, then the number, what it may mean, and how it came about.
struct LabResultPage: Page {
    static let template = "lab-result"
    let title: String
    let back: String
    let backLabel: String
    /// The injured leg against the other, where both are known.
    let symmetry: String?
    let results: [LabResult]
    let note: String
    let about: String
    let quality: String
    let rounding: String
    let method: String
    let recording: String
    /// The recording says the same when it is analysed again; nil where it could not be.
    let again: String
    let isSame: Bool
    let signal: LabSignal?
    let signalCaption: String
    let table: LabTable?
    let repeatHref: String
    let isPatient: Bool
    let place: String?

    init(_ visit: Visit, _ opened: LabOpened, _ again: LabAgain) {
        let words = visit.words
        let measured = opened.measured
        let shown = opened.results
        let texts = shown.map { LabResult($0, in: measured, opened.episode, visit) }
        let first = shown[0]
        let key = "lab.result.headline.\(opened.task.rawValue)"
        let leg = first.side.map { words["lab.leg_of.\($0.rawValue)"] } ?? ""
        title =
            words.has(key)
            ? words(
                key,
                [
                    "value": LabValueText(visit).value(first.value, first.unit), "number": first.value.plain,
                    "leg": leg
                ])
            : "\(texts[0].measure): \(texts[0].value)"
        symmetry = texts.lazy.compactMap(\.symmetry).first
        results = texts
        note = measured.content.note
        about = words(
            "lab.result.about",
            [
                "when": visit.moment.stamp(measured.at, words),
                "place": words["lab.place.\(first.placement).name"]
            ])
        quality = words(
            first.gaps == 0 ? "lab.result.quality" : "lab.result.quality_gaps",
            ["rate": (first.rateHz * 10).rounded().plainTenth, "gaps": String(first.gaps)])
        rounding = again.isRounded ? words["lab.result.rounded"] : ""
        method = words("lab.result.method", ["method": first.method, "version": first.methodVersion])
        recording = first.recording ?? ""
        self.again = again.sentence(words)
        isSame = again.isSame
        signal = again.analysis.flatMap { LabSignal($0, injured: opened.episode.injuredSide) }
        signalCaption = words("lab.result.signal", ["found": String(again.found)])
        table = again.analysis.flatMap { LabTable($0.result.findings, words) }
        isPatient = visit.session?.role == .patient
        back = isPatient ? "/lab" : "/charts/\(opened.id)#measurements"
        backLabel = words[isPatient ? "lab.back" : "lab.back_chart"]
        repeatHref = "/lab/\(opened.task.test.rawValue)?task=\(opened.task.rawValue)"
        place = isPatient ? "/measure" : "/board"
    }
}

extension Double {
    /// A number of tenths with its point.
    fileprivate var plainTenth: String { (self / 10).plain }
}
