// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Motion
import Recordings

/// One trial as the phone sent it: what was done, where the phone was, and which recording shows it.
struct LabTrial: Sendable {
    let task: LabTask
    let side: Side?
    let placement: LabPlacement
    /// SHA-256 of the recording, lower-case hex.
    let recording: String
    /// When the phone recorded it; the server hears of it later where there was no connection.
    let recordedAt: Date
    /// Why the person stopped, in their own choice; empty where it was not asked or not said.
    let ended: String
    let body: LabBody
    let cues: LabCues
    /// What the phone itself found, as the bits of each value; nil where it did not say.
    let phone: [FactID: UInt64]?

    static let endings = ["tired", "pace", "pain", "balance", "enough"]

    /// Longest that a trial may wait on a phone for a connection.
    private static let longestWait: TimeInterval = 60 * 86_400

    /// - Throws: ``Failure/badForm`` for what the page's script does not send.
    init(_ form: Form, _ task: LabTask, now: Date) throws {
        self.task = task
        guard let placement = LabPlacement(rawValue: form["placement"]), task.takes(placement),
            LabUploads.isHash(form["recording"])
        else { throw Failure.badForm }
        self.placement = placement
        recording = form["recording"]
        if task.hasSide {
            guard let side = Side(rawValue: form["side"]), side != .both else { throw Failure.badForm }
            self.side = side
        } else {
            side = nil
        }
        // A phone's clock can be wrong; it is believed only where it can be right.
        let told = Double(form["at"]).map { Date(timeIntervalSince1970: $0 / 1000) }
        recordedAt =
            told.flatMap { $0 <= now && now.timeIntervalSince($0) < Self.longestWait ? $0 : nil } ?? now
        ended = Self.endings.contains(form["ended"]) ? form["ended"] : ""
        body = LabBody(
            massKg: Self.number(form["mass"], 20...400), footLengthCm: Self.number(form["foot"], 10...40),
            heightCm: Self.number(form["height"], 50...260))
        guard let cues = LabCues(marks: form["marks"], delay: form["delay"]) else { throw Failure.badForm }
        self.cues = cues
        phone = Self.bits(form["found"])
    }

    private static func number(_ text: String, _ range: ClosedRange<Double>) -> Double? {
        MeasureNumber(text).map(\.value).flatMap { range.contains($0) ? $0 : nil }
    }

    /// `fact=hex fact=hex`: bits travel as they are, so that nothing is lost in writing a number.
    private static func bits(_ text: String) -> [FactID: UInt64]? {
        if text.isEmpty { return nil }
        var found: [FactID: UInt64] = [:]
        for pair in text.split(separator: " ").prefix(50) {
            let parts = pair.split(separator: "=")
            guard parts.count == 2, let bits = UInt64(parts[1], radix: 16) else { continue }
            found[FactID(String(parts[0]))] = bits
        }
        return found
    }
}
