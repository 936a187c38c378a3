// SPDX-License-Identifier: Apache-2.0
import Motion

/// Runs one analysis over one recording that was read, and puts what belongs to every result around it.
package struct Analyzer: Sendable {
    package let request: AnalysisRequest

    package init(_ request: AnalysisRequest) { self.request = request }

    /// A result with the recording that it came from.
    package struct Result: Sendable {
        package let request: AnalysisRequest
        package let findings: Findings
        package let quality: SampleQuality
        /// What it came from.
        package let recorded: Recorded
        package let format: String
        package let notes: [String]

        /// One object: what was asked, how the samples came, and what was found.
        package func json(file: String?) -> JSON {
            var pairs: [JSON.Pair] = [.init("kind", .text(request.kind.rawValue))]
            if let file { pairs.append(.init("file", .text(file))) }
            pairs += [
                .init("format", .text(format)), .init("placement", .text(request.place)),
                .init("side", .optional(request.side?.rawValue)), .init("method", .text(findings.method)),
                .init("method_version", .text(findings.methodVersion)), .init("recording", quality.json),
                .init("notes", .list(notes.map(JSON.text)))
            ]
            return .object(pairs + findings.json)
        }
    }

    /// - Throws: ``ReadingProblem`` naming the place, where nothing can be said from the recording.
    package func result(of read: RecordingReader.Read) throws(ReadingProblem) -> Result {
        try Self.requireRate(read)
        let findings: Findings
        do {
            findings = try self.findings(read.recording)
        } catch {
            throw Self.problem(error, read)
        }
        return Result(
            request: request, findings: findings, quality: SampleQuality(read.recording),
            recorded: .motion(read.recording), format: read.format, notes: read.notes)
    }

    /// Heel raises that a camera saw.
    package func result(of read: RecordingReader.TrackRead) -> Result {
        Result(
            request: request, findings: HeelRaiseFindings.findings(read.track, request),
            quality: SampleQuality(read.track), recorded: .camera(read.track), format: read.format, notes: [])
    }

    /// What files show, read as the request says that they were recorded.
    package func result(of files: [RecordingFile], _ reader: RecordingReader) throws(ReadingProblem) -> Result
    {
        request.isCamera ? result(of: try reader.track(files)) : try result(of: reader.read(files))
    }

    /// The fewest samples a second that any analysis takes; below, every step would look like a gap.
    static let slowest = 20.0

    /// By the middle one of the first ten thousand steps, which no single gap changes.
    private static func requireRate(_ read: RecordingReader.Read) throws(ReadingProblem) {
        let time = read.recording.time
        let steps = zip(time.dropFirst().prefix(10_000), time).map { $0 - $1 }.sorted()
        guard steps.count > 10 else { return }
        let rate = 1 / steps[steps.count / 2]
        guard rate >= slowest else {
            throw ReadingProblem(
                file: read.file,
                problem: "has \(hundredths(rate)) samples a second; expected at least \(tenths(slowest))")
        }
    }

    private func findings(_ recording: Recording) throws(SignalError) -> Findings {
        switch request.kind {
        case .gait: try GaitFindings.findings(recording, request)
        case .heelRaise: try HeelRaiseFindings.findings(recording, request)
        case .ankle: try AnkleFindings.findings(recording, request)
        case .balance: try BalanceFindings.findings(recording, request)
        case .hop: try HopFindings.findings(recording, request)
        case .turn: try TurnFindings.findings(recording)
        case .reaction: try ReactionFindings.findings(recording, request)
        }
    }

    /// What the engine refused, at its place in the file.
    private static func problem(_ error: SignalError, _ read: RecordingReader.Read) -> ReadingProblem {
        func at(_ sample: Int, _ text: String) -> ReadingProblem {
            ReadingProblem(file: read.file, line: read.line(ofSample: sample), problem: text)
        }
        switch error {
        case .tooShort(let needed, let got):
            return ReadingProblem(
                file: read.file,
                problem: "is too short: \(hundredths(got)) s, \(hundredths(needed)) s are needed")
        case .notFinite(let sample): return at(sample, "holds something that is no finite number")
        case .timeNotAscending(let sample): return at(sample, "time stands still or runs backwards here")
        case .constant:
            return ReadingProblem(
                file: read.file, problem: "never changes: the sensor was dead or switched off")
        case .rate(let hertz, let least, let most):
            return ReadingProblem(
                file: read.file,
                problem:
                    "has \(hundredths(hertz)) samples a second; expected \(tenths(least)) to \(tenths(most))")
        case .noRotation:
            return ReadingProblem(file: read.file, problem: "has no gyroscope, which this analysis needs")
        }
    }
}
