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
    struct Symmetry: Sendable {
        let symmetryOf: String
        let symmetry: String
    }

    /// The injured leg against the other, where both are known.
    let symmetries: [Symmetry]
    let hasSymmetry: Bool
    let results: [LabResult]
    let figures: LabFigures?
    let note: String
    let about: String
    let quality: String
    let rounding: String
    /// What was taken off each answer to a cue; nil for tests without cues.
    let delay: String?
    let method: String
    let recording: String
    /// The recording says the same when it is analysed again; nil where it could not be.
    let again: String
    let isSame: Bool
    let signal: LabSignal?
    let signalTitle: String
    let signalAxis: String
    let signalCaption: String
    let table: LabTable?
    let repeatHref: String
    let isPatient: Bool
    let place: String?

    init(_ visit: Visit, _ opened: LabOpened, _ again: LabAgain) {
        let words = visit.words
        let measured = opened.measured
        let shown = opened.results
        let texts = shown.map {
            LabResult($0, in: measured, opened.episode, visit, namesLeg: !opened.task.hasSide)
        }
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
        // A walk measures both legs at once: each pair is said once.
        var isSaid: Set<String> = []
        symmetries = zip(shown, texts).compactMap { result, text in
            let of = LabValueText(visit).measure(result)
            guard let symmetry = text.symmetry, isSaid.insert(of).inserted else { return nil }
            return Symmetry(symmetryOf: of, symmetry: symmetry)
        }
        hasSymmetry = !symmetries.isEmpty
        figures = LabFigures(opened.task, again, measured.content, visit)
        results = texts
        note = LabCues.readable(measured.content.note)
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
        delay = Self.delay(opened, words)
        method = words("lab.result.method", ["method": first.method, "version": first.methodVersion])
        recording = first.recording ?? ""
        self.again = again.sentence(words)
        isSame = again.isSame
        signal = again.analysis.flatMap {
            LabSignal($0, again.trace, injured: opened.episode.injuredSide, words)
        }
        let seen = first.placement == LabPlacement.camera.rawValue ? "_camera" : ""
        signalTitle = words["lab.result.signal_title\(seen)"]
        signalAxis = words["lab.result.signal_axis\(seen)"]
        signalCaption =
            signal?.hasLegend == true
            ? words("lab.result.signal", ["found": String(again.found)])
            : words("lab.result.signal_plain", ["seconds": signal?.lastSecond ?? ""])
        table = again.analysis.map { LabTable($0.result.findings.json, again.trace, words) }
        isPatient = visit.session?.role == .patient
        back = isPatient ? "/lab" : "/charts/\(opened.id)#measurements"
        backLabel = words[isPatient ? "lab.back" : "lab.back_chart"]
        repeatHref = "/lab/\(opened.task.test.rawValue)?task=\(opened.task.rawValue)"
        place = isPatient ? "/measure" : "/board"
    }

    private static func delay(_ opened: LabOpened, _ words: Words) -> String? {
        guard opened.task.cues > 0 else { return nil }
        guard let delay = LabCues(note: opened.measured.content.note).delayS else {
            return words["lab.result.no_delay"]
        }
        return words("lab.result.delay", ["ms": String(Int((delay * 1000).rounded()))])
    }
}

extension Double {
    /// A number of tenths with its point.
    fileprivate var plainTenth: String { (self / 10).plain }
}
