// SPDX-License-Identifier: Apache-2.0
package import Motion

/// Runs one analysis over one recording that was read, and puts what belongs to every result around it.
package struct Analyzer: Sendable {
    package let request: AnalysisRequest

    package init(_ request: AnalysisRequest) { self.request = request }

    /// A result with the recording that it came from.
    package struct Result: Sendable {
        package let request: AnalysisRequest
        package let findings: Findings
        package let quality: SampleQuality
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
        var rate = MiddleRate()
        for time in read.recording.time { rate.append(time) }
        try rate.check(file: read.file)
        let findings: Findings
        do {
            findings = try self.findings(read.recording)
        } catch {
            throw Self.problem(error, file: read.file) { read.line(ofSample: $0) }
        }
        return Result(
            request: request, findings: findings, quality: SampleQuality(read.recording),
            format: read.format, notes: read.notes)
    }

    /// Heel raises that a camera saw.
    private func result(of read: RecordingReader.TrackRead, watch: (Double, Double) -> Void) -> Result {
        let seen = read.track.result()
        for (time, height) in zip(seen.time, seen.heightCentimetres) { watch(time, height) }
        return Result(
            request: request, findings: HeelRaiseFindings.findings(read.track, seen, request),
            quality: SampleQuality(read.track), format: read.format, notes: [])
    }

    /// What files show, read as the request says that they were recorded.
    ///
    /// - Parameters:
    ///   - files: One recording.
    ///   - reader: With its limits.
    ///   - cores: Analyse the blocks of a walk while its file is being read on; nil: each in its turn.
    ///   - watch: Sees every time in s, with how strongly the phone was pushed in m/s², or how high the sticker was in
    ///     cm (NaN where it was lost).
    /// - Returns: What they show.
    /// - Throws: ``ReadingProblem`` naming the place, where nothing can be said from the recording.
    package func result(
        of files: [RecordingFile], _ reader: RecordingReader, cores: (any BlockCores)? = nil,
        watch: (Double, Double) -> Void = { _, _ in }
    ) throws(ReadingProblem) -> Result {
        guard request.isCamera else {
            var stream = try reader.open(files)
            return try result(of: &stream, cores: cores) { watch($0.time, $0.acceleration.length) }
        }
        return result(of: try reader.track(files), watch: watch)
    }

    /// The same of a recording that is being read; a walk is then never in memory as a whole.
    ///
    /// - Parameters:
    ///   - stream: A recording that was just opened.
    ///   - cores: As there.
    ///   - watch: Sees every sample as it passes.
    /// - Returns: What ``result(of:)`` gives for the whole.
    /// - Throws: ``ReadingProblem`` naming the place, where nothing can be said from the recording.
    package func result(
        of stream: inout RecordingStream, cores: (any BlockCores)? = nil, watch: (MotionSample) -> Void
    ) throws(ReadingProblem) -> Result {
        guard request.kind == .gait else {
            let read = try RecordingReader.Read(&stream)
            for index in 0..<read.recording.count { watch(read.recording.sample(index)) }
            return try result(of: read)
        }
        var walk = GaitStream(
            placement: request.placement, side: request.side, height: request.height,
            settling: cores == nil ? .atOnce : .apart)
        var quality = SampleQuality()
        var rate = MiddleRate()
        var line = 0
        while let sample = try stream.next() {
            line = sample.line
            rate.append(sample.motion.time)
            quality.append(sample.motion)
            watch(sample.motion)
            do { try walk.append(sample.motion) } catch {
                throw Self.problem(error, file: stream.file) { _ in line }
            }
            guard let cores else { continue }
            for block in walk.takeBlocks() {
                cores.analyse(block)
                while let analysed = cores.next(isLast: false) { walk.settle(analysed) }
            }
        }
        while let analysed = cores?.next(isLast: true) { walk.settle(analysed) }
        try rate.check(file: stream.file)
        do {
            return Result(
                request: request, findings: GaitFindings.findings(try walk.finishChecked()), quality: quality,
                format: stream.format, notes: stream.notes)
        } catch {
            throw Self.problem(error, file: stream.file) { _ in line }
        }
    }

    private func findings(_ recording: Recording) throws(SignalError) -> Findings {
        switch request.kind {
        case .gait:
            GaitFindings.findings(
                try GaitAnalysis(
                    recording: recording, placement: request.placement, side: request.side,
                    height: request.height))
        case .heelRaise: try HeelRaiseFindings.findings(recording, request)
        case .ankle: try AnkleFindings.findings(recording, request)
        case .balance: try BalanceFindings.findings(recording, request)
        case .hop: try HopFindings.findings(recording, request)
        case .turn: try TurnFindings.findings(recording)
        case .reaction: try ReactionFindings.findings(recording, request)
        }
    }

    /// What the engine refused, at its place in the file.
    private static func problem(_ error: SignalError, file: String, line: (Int) -> Int?) -> ReadingProblem {
        func at(_ sample: Int, _ text: String) -> ReadingProblem {
            ReadingProblem(file: file, line: line(sample), problem: text)
        }
        func whole(_ text: String) -> ReadingProblem { ReadingProblem(file: file, problem: text) }
        switch error {
        case .tooShort(let needed, let got):
            return whole(
                "is too short: \(hundredths(got)) s without a gap, \(hundredths(needed)) s are needed")
        case .notFinite(let sample): return at(sample, "holds something that is no finite number")
        case .timeNotAscending(let sample): return at(sample, "time stands still or runs backwards here")
        case .constant: return whole("never changes: the sensor was dead or switched off")
        case .rate(let hertz, let least, let most):
            return whole(
                "has \(hundredths(hertz)) samples a second; expected \(tenths(least)) to \(tenths(most))")
        case .noRotation: return whole("has no gyroscope, which this analysis needs")
        }
    }
}

/// Where the blocks of one walk are analysed beside the reading of it.
package protocol BlockCores {
    /// Takes a block, to analyse it now or later.
    func analyse(_ block: GaitBlock)

    /// Gives back the blocks that were taken, each once and in the order in which they came.
    ///
    /// - Parameter isLast: Whether no more will come, so that it is worth waiting for those that are not analysed yet.
    /// - Returns: Nil where there is none, or none yet.
    func next(isLast: Bool) -> AnalysedGaitBlock?
}

/// Samples a second by the middle one of the first ten thousand steps, which no single gap changes.
private struct MiddleRate {
    /// The fewest that any analysis takes; below, every step would look like a gap.
    static let slowest = 20.0
    private static let most = 10_000

    private var last: Double?
    private var steps: [Double] = []

    mutating func append(_ time: Double) {
        if let last, steps.count < Self.most { steps.append(time - last) }
        last = time
    }

    func check(file: String) throws(ReadingProblem) {
        guard steps.count > 10 else { return }
        let rate = 1 / steps.sorted()[steps.count / 2]
        guard rate >= Self.slowest else {
            throw ReadingProblem(
                file: file,
                problem: "has \(hundredths(rate)) samples a second; expected at least \(tenths(Self.slowest))"
            )
        }
    }
}
