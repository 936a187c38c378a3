// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Motion
import Recordings

/// A recording analysed as one task asks: the same code that the command line runs.
struct LabAnalysis: Sendable {
    let task: LabTask
    let side: Side?
    let placement: LabPlacement
    let recording: Recording
    let result: Analyzer.Result

    /// - Throws: ``ReadingProblem`` where nothing can be said from the recording.
    init(
        _ task: LabTask, side: Side?, placement: LabPlacement, body: LabBody, bytes: [UInt8]
    ) throws(ReadingProblem) {
        self.task = task
        self.side = side
        self.placement = placement
        var request = AnalysisRequest(kind: task.analysis, placement: placement.motion(for: task))
        request.side = side.flatMap { BodySide(rawValue: $0.rawValue) }
        request.mass = body.massKg
        request.footLength = body.footLengthCm
        let read = try RecordingReader.ofLab.read([RecordingFile(name: "recording.csv.gz", bytes: bytes)])
        recording = read.recording
        result = try Analyzer(request).result(of: read)
    }

    /// What the chart keeps: each value under the name of its measure, with what is published about it.
    func values(_ pathway: Pathway, recording hash: String, years: Int?, sex: String?) -> [MeasuredValue] {
        let found = result.findings
        var values = found.values
        if task == .double {
            // Both legs together have no side, and so no value of a leg.
            let count = found.marks.count { $0.kind == .repetition }
            values = [.init(measure: "double_heel_raise", value: Double(count), unit: "reps", side: nil)]
        }
        return values.compactMap { value in
            guard let measure = task.measure(for: value.measure) else { return nil }
            let side = value.side.flatMap { Side(rawValue: $0.rawValue) }
            let fact = side.map { FactID("\(measure)_\($0.rawValue)") } ?? FactID(measure)
            let kept = MeasuredValue(
                fact: fact, value: value.value, unit: value.unit, side: side, placement: placement.rawValue,
                method: found.method, methodVersion: found.methodVersion, rateHz: result.quality.rateHz,
                gaps: result.quality.gaps, recording: hash)
            return pathway.annotated(kept, years: years, sex: sex)
        }
    }
}

extension RecordingReader {
    /// A trial of a phone is minutes of one sensor; what is larger was not made by the page.
    static let ofLab = {
        var reader = RecordingReader()
        reader.limits.bytes = 64 << 20
        reader.limits.samples = 1 << 20
        reader.limits.files = 1
        return reader
    }()
}

extension LabTask {
    var analysis: AnalysisKind {
        switch self {
        case .walk: .gait
        default: .heelRaise
        }
    }

    /// The measure that a value of the analysis is in a chart; nil for one that this task does not answer.
    func measure(for name: String) -> String? {
        switch (self, name) {
        case (.bent, "single_heel_raise"): "bent_knee_heel_raise"
        // The height norm and the height's symmetry are of the straight knee.
        case (.bent, "heel_raise_height"): nil
        default: name
        }
    }
}

extension LabPlacement {
    func motion(for task: LabTask) -> Placement {
        switch self {
        case .foot: .foot
        case .shin: .shin
        case .thigh: .thigh
        // The belt is worn at the small of the back.
        case .waist: task == .walk ? .lowerBack : .waist
        }
    }
}
