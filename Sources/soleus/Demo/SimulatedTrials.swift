// SPDX-License-Identifier: Apache-2.0
import Clinical
import Crypto
import Foundation
import Motion
import Recordings
import Store

/// The lab tests of a simulated person: a recording is made, kept, and analysed as a patient's own would be.
struct SimulatedTrials {
    let person: DemoPerson
    let patient: Author
    let episode: Episode.ID
    let recordings: RecordingStore
    let pathway: Pathway
    let today: Day

    private static let footLengthCm = 26.0
    private static let heightCm = 174.0
    private var leg: SimulatedLeg { person.leg }

    /// Two minutes of walking, shortened to half a minute.
    func walk(day: Int, at instant: Date, _ chance: inout Chance) async throws -> [Event] {
        let healed = leg.healed(day: day)
        let usual = 0.52 + 0.14 * (1 - healed)
        // Little time on the injured leg: the step onto the other foot comes early.
        let short = usual * (1 - 0.22 * (1 - healed))
        let (left, right) = leg.side == .left ? (usual, short) : (short, usual)
        let motion = SimulatedMotion.walk(left: left, right: right, push: 0.7 + 0.3 * healed, &chance)
        var request = AnalysisRequest(kind: .gait, placement: .lowerBack)
        request.height = Self.heightCm / 100
        return try await event(
            request, worn: "waist", motion, at: instant, beside: ["body_height": Self.heightCm])
    }

    /// Heel raises of one leg until it tires.
    func heelRaises(_ count: Int, side: Side, at instant: Date, _ chance: inout Chance) async throws
        -> [Event]
    {
        guard count > 0 else { return [] }
        let motion = SimulatedMotion.heelRaises(count, degrees: 38, &chance)
        var request = AnalysisRequest(kind: .heelRaise, placement: .foot)
        request.side = side == .left ? .left : .right
        request.footLength = Self.footLengthCm
        return try await event(
            request, worn: "foot", motion, at: instant, beside: ["foot_length": Self.footLengthCm])
    }

    /// The knee to the wall: the shin's lean, as the foot's distance from the wall asks for it.
    func lunge(_ centimetres: Double, side: Side, at instant: Date, _ chance: inout Chance) async throws
        -> [Event]
    {
        // Bennell 1998: 3.6° of the shin for each centimetre.
        let motion = SimulatedMotion.lunges(degrees: 3.6 * centimetres, &chance)
        var request = AnalysisRequest(kind: .ankle, placement: .shin)
        request.ankleTask = .lunge
        request.side = side == .left ? .left : .right
        return try await event(request, worn: "shin", motion, at: instant)
    }

    /// Standing on one leg with open eyes.
    func stance(day: Int, side: Side, at instant: Date, _ chance: inout Chance) async throws -> [Event] {
        let share = side == leg.side ? leg.healed(day: day) : 1
        let motion = SimulatedMotion.stance(seconds: 15 + 25 * share, degrees: 1.6 - 0.7 * share, &chance)
        var request = AnalysisRequest(kind: .balance, placement: .waist)
        request.side = side == .left ? .left : .right
        return try await event(request, worn: "waist", motion, at: instant)
    }

    /// Hops on one leg.
    func hop(_ centimetres: Double, side: Side, at instant: Date, _ chance: inout Chance) async throws
        -> [Event]
    {
        let motion = SimulatedMotion.hops(centimetres: centimetres, &chance)
        var request = AnalysisRequest(kind: .hop, placement: .waist)
        request.side = side == .left ? .left : .right
        return try await event(request, worn: "waist", motion, at: instant)
    }

    private func event(
        _ request: AnalysisRequest, worn: String, _ motion: SimulatedMotion, at instant: Date,
        beside typed: [FactID: Double] = [:]
    ) async throws -> [Event] {
        let bytes = motion.bytes
        let result = try Analyzer(request).result(
            of: RecordingReader().read([RecordingFile(name: "recording.csv", bytes: bytes)]))
        let side = request.side.flatMap { Side(rawValue: $0.rawValue) }
        let hash = SHA256.hash(data: bytes).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }.joined()
        let values = result.findings.values.map { found in
            let value = MeasuredValue(
                fact: found.side.map { FactID("\(found.measure)_\($0.rawValue)") } ?? FactID(found.measure),
                value: found.value, unit: found.unit,
                side: found.side.flatMap { Side(rawValue: $0.rawValue) }, placement: worn,
                method: result.findings.method, methodVersion: result.findings.methodVersion,
                rateHz: result.quality.rateHz, gaps: result.quality.gaps, recording: hash)
            return pathway.annotated(value, years: years, sex: person.sex)
        }
        guard !values.isEmpty else { return [] }
        try await keep(bytes, hash: hash, request, worn: worn, side: side, result.quality.rateHz, at: instant)
        var measured = Measured(values)
        measured.values.merge(typed) { found, _ in found }
        return [.measured(measured)]
    }

    private func keep(
        _ bytes: [UInt8], hash: String, _ request: AnalysisRequest, worn: String, side: Side?, _ rate: Double,
        at instant: Date
    ) async throws {
        try await recordings.begin(
            RecordingUpload(
                episode: episode, hash: hash, bytes: bytes.count, kind: request.kind.rawValue,
                placement: worn,
                side: side, rateHz: rate, uploadedBy: patient.id), now: instant)
        var offset = 0
        while offset < bytes.count {
            let end = min(offset + RecordingStore.largestPiece, bytes.count)
            try await recordings.append(Array(bytes[offset..<end]), at: offset, to: hash, of: episode)
            offset = end
        }
        try await recordings.finish(hash, of: episode, now: instant)
    }

    private var years: Int? {
        Day(person.born).map { born in
            today.year - born.year - ((today.month, today.day) >= (born.month, born.day) ? 0 : 1)
        }
    }
}
