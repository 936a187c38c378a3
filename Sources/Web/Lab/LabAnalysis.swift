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
    let result: Analyzer.Result

    /// `watch` sees what a drawing shows; see ``Analyzer/result(of:_:watch:)``.
    ///
    /// - Throws: ``ReadingProblem`` where nothing can be said from the recording.
    init(
        _ task: LabTask, side: Side?, placement: LabPlacement, body: LabBody, cues: LabCues, bytes: [UInt8],
        watch: (Double, Double) -> Void = { _, _ in }
    ) throws(ReadingProblem) {
        self.task = task
        self.side = side
        self.placement = placement
        var request = AnalysisRequest(kind: task.analysis, placement: placement.motion(for: task))
        request.isCamera = placement == .camera
        request.side = side.flatMap { BodySide(rawValue: $0.rawValue) }
        request.mass = body.massKg
        request.footLength = body.footLengthCm
        request.height = body.heightCm.map { $0 / 100 }
        request.ankleTask = AnkleTask(rawValue: task.rawValue) ?? .pumps
        request.signals = cues.seconds
        request.latency = cues.delayS ?? 0
        request.isDrill = task == .placement
        let files = [RecordingFile(name: "recording.csv.gz", bytes: bytes)]
        result = try Analyzer(request).result(of: files, RecordingReader.ofLab, watch: watch)
    }

    /// What the chart keeps: each value under the name of its measure, with what is published about it.
    func values(_ pathway: Pathway, recording hash: String, years: Int?, sex: String?) -> [MeasuredValue] {
        task.values(result.findings, side: side).map { value in
            let kept = MeasuredValue(
                fact: value.side.map { FactID("\(value.measure)_\($0.rawValue)") } ?? FactID(value.measure),
                value: value.value, unit: value.unit, side: value.side, placement: placement.rawValue,
                method: result.findings.method, methodVersion: result.findings.methodVersion,
                rateHz: result.quality.rateHz, gaps: result.quality.gaps, recording: hash)
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

extension LabPlacement {
    func motion(for task: LabTask) -> Placement {
        switch self {
        // The sticker that a camera follows is at the foot.
        case .foot, .camera: .foot
        case .shin: .shin
        case .thigh: .thigh
        // The belt is worn at the small of the back.
        case .waist: task == .walk ? .lowerBack : .waist
        }
    }
}
