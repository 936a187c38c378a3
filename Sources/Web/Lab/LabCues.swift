// SPDX-License-Identifier: Apache-2.0
import Foundation

/// When each cue of a trial really showed or sounded, and how late the phone's sensors are.
struct LabCues: Hashable, Sendable {
    /// Seconds of the recording.
    let seconds: [Double]
    /// nil where it was not measured: then nothing is taken off.
    let delayS: Double?

    static let none = LabCues(seconds: [], delayS: nil)
    static let most = 60

    init(seconds: [Double], delayS: Double?) {
        self.seconds = seconds
        self.delayS = delayS
    }

    /// As the page sends it: `name:seconds` with spaces between.
    init?(marks: String, delay: String) {
        var seconds: [Double] = []
        for mark in marks.split(separator: " ") {
            guard let at = mark.split(separator: ":").last.flatMap({ Double($0) }), at.isFinite, at >= 0,
                at >= seconds.last ?? 0, seconds.count < Self.most
            else { return nil }
            seconds.append(at)
        }
        self.seconds = seconds
        delayS = Double(delay).flatMap { (0..<1).contains($0) ? $0 : nil }
    }

    /// The line that the chart keeps, so that the result can be computed again.
    var line: String {
        guard !seconds.isEmpty else { return "" }
        let times = seconds.map(\.description).joined(separator: " ")
        return "cues_s \(times)" + (delayS.map { "; delay_s \($0)" } ?? "")
    }

    /// What a chart's note says of cues; none where it says nothing.
    init(note: String) {
        guard let start = note.firstRange(of: "cues_s ") else {
            self = .none
            return
        }
        let parts = note[start.upperBound...].split(separator: ";")
        seconds = parts.first.map { $0.split(separator: " ").compactMap { Double($0) } } ?? []
        delayS = parts.dropFirst().first?.split(separator: " ").last.flatMap { Double($0) }
    }
}
