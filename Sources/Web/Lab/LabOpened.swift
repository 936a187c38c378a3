// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Motion
import Recordings
import Store

/// One trial in a chart, opened for somebody who may read that chart.
struct LabOpened: Sendable {
    let id: Episode.ID
    let episode: Episode
    let measured: Episode.Dated<Measured>
    let task: LabTask
    /// What the recording gave, without what was typed beside it.
    let results: [MeasuredValue]

    /// - Throws: ``Failure/notFound`` where the entry is no trial of this chart.
    init(_ id: Episode.ID, _ episode: Episode, entry: Entry.ID) throws {
        guard let measured = episode.measurements.first(where: { $0.entry == entry }),
            let task = LabTask(of: measured.content.results)
        else { throw Failure.notFound }
        self.id = id
        self.episode = episode
        self.measured = measured
        self.task = task
        results = measured.content.results.filter { $0.recording != nil }
    }
}

extension LabTask {
    /// The task that values of a recording answer; nil for values that no task gives.
    init?(of results: [MeasuredValue]) {
        let facts = results.filter { $0.recording != nil }.map { result in
            result.side.map { String(result.fact.rawValue.dropLast($0.rawValue.count + 1)) }
                ?? result.fact.rawValue
        }
        guard let task = Self.allCases.first(where: { task in facts.contains { task.gives.contains($0) } })
        else { return nil }
        self = task
    }

    var test: LabTest { LabTest.allCases.first { $0.tasks.contains(self) } ?? .heelRaise }
}

/// A trial's recording analysed once more, with the same code as on the day.
struct LabAgain: Sendable {
    enum Outcome: Hashable, Sendable {
        case same, different
        /// The recording is gone, damaged, or no longer readable.
        case impossible
    }

    let outcome: Outcome
    let analysis: LabAnalysis?
    /// Seconds, and how strongly the phone was pushed in m/s², or how high the sticker was in cm.
    let trace: [(time: Double, value: Double)]

    var isSame: Bool { outcome == .same }

    /// How many repetitions or steps the recording shows.
    var found: Int {
        analysis?.result.findings.marks.count { $0.kind == .repetition || $0.kind == .initialContact } ?? 0
    }

    /// The phone rounded to tenths of m/s², so small movements drown.
    var isRounded: Bool { (analysis?.result.quality.accelerationStep ?? 0) > 0.099 }

    init(_ opened: LabOpened, bytes: [UInt8]?, _ pathway: Pathway) {
        var trace: [(time: Double, value: Double)] = []
        guard let bytes, let first = opened.results.first, let hash = first.recording,
            let placement = LabPlacement(rawValue: first.placement),
            let analysis = try? LabAnalysis(
                opened.task, side: first.side, placement: placement, body: LabBody(opened.measured.content),
                cues: LabCues(note: opened.measured.content.note), bytes: bytes,
                watch: { trace.append(($0, $1)) })
        else {
            (outcome, analysis, self.trace) = (.impossible, nil, [])
            return
        }
        (self.analysis, self.trace) = (analysis, trace)
        let found = analysis.values(pathway, recording: hash, years: nil, sex: nil)
        let same = opened.results.allSatisfy { kept in
            found.contains { $0.fact == kept.fact && $0.value.bitPattern == kept.value.bitPattern }
        }
        outcome = same ? .same : .different
    }

    func sentence(_ words: Words) -> String {
        switch outcome {
        case .same: words["lab.result.again_same"]
        case .different: words["lab.result.again_different"]
        case .impossible: words["lab.result.again_impossible"]
        }
    }
}

/// What turns angles into heights and work, as it was on the day of a trial.
struct LabBody: Hashable, Sendable {
    static let mass: FactID = "body_mass"
    static let foot: FactID = "foot_length"
    static let height: FactID = "body_height"

    var massKg: Double?
    var footLengthCm: Double?
    var heightCm: Double?

    init(massKg: Double? = nil, footLengthCm: Double? = nil, heightCm: Double? = nil) {
        self.massKg = massKg
        self.footLengthCm = footLengthCm
        self.heightCm = heightCm
    }

    init(_ measured: Measured) { self.init { measured.values[$0] } }

    /// The newest of each in a chart.
    init(_ episode: Episode) {
        self.init { fact in
            episode.measurements.last { $0.content.values[fact] != nil }?.content.values[fact]
        }
    }

    private init(_ value: (FactID) -> Double?) {
        self.init(massKg: value(Self.mass), footLengthCm: value(Self.foot), heightCm: value(Self.height))
    }

    var values: [FactID: Double] {
        var values: [FactID: Double] = [:]
        values[Self.mass] = massKg
        values[Self.foot] = footLengthCm
        values[Self.height] = heightCm
        return values
    }
}
