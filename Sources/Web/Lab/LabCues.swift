// SPDX-License-Identifier: Apache-2.0
import Foundation

/// When each cue of a trial really showed or sounded, and how late the phone's sensors are.
struct LabCues: Hashable, Sendable {
    /// Seconds of the recording.
    let seconds: [Double]
    /// What each said: `light`, `tone`, or where to step; empty where a chart does not know it.
    let names: [Name]
    /// nil where it was not measured: then nothing is taken off.
    let delayS: Double?

    enum Name: String, Sendable, Hashable, CaseIterable {
        case light, tone, front, right, back, left

        /// Degrees counterclockwise from the front, seen from above; nil for a cue that points nowhere.
        var degrees: Double? {
            switch self {
            case .light, .tone: nil
            case .front: 0
            case .left: 90
            case .back: 180
            case .right: 270
            }
        }
    }

    static let none = LabCues(seconds: [], names: [], delayS: nil)
    static let most = 60

    private init(seconds: [Double], names: [Name], delayS: Double?) {
        self.seconds = seconds
        self.names = names
        self.delayS = delayS
    }

    /// As the page sends it: `name:seconds` with spaces between.
    init?(marks: String, delay: String) {
        var seconds: [Double] = []
        var names: [Name] = []
        for mark in marks.split(separator: " ") {
            let parts = mark.split(separator: ":")
            guard parts.count == 2, let name = Name(rawValue: String(parts[0])), let at = Double(parts[1]),
                at.isFinite, at >= 0, at >= seconds.last ?? 0, seconds.count < Self.most
            else { return nil }
            seconds.append(at)
            names.append(name)
        }
        self.seconds = seconds
        self.names = names
        delayS = Double(delay).flatMap { (0..<1).contains($0) ? $0 : nil }
    }

    /// The line that the chart keeps, so that the result can be computed again.
    var line: String {
        guard !seconds.isEmpty else { return "" }
        let times = seconds.map(\.description).joined(separator: " ")
        let said = "; cues " + names.map(\.rawValue).joined(separator: " ")
        return Self.mark + times + said + (delayS.map { "; delay_s \($0)" } ?? "")
    }

    private static let mark = "cues_s "

    /// A chart's note for a reader, without the times of cues.
    static func readable(_ note: String) -> String {
        guard let start = note.firstRange(of: mark) else { return note }
        return String(note[..<start.lowerBound]).trimmingCharacters(in: .whitespaces)
    }

    /// What a chart's note says of cues; none where it says nothing.
    init(note: String) {
        guard let start = note.firstRange(of: Self.mark) else {
            self = .none
            return
        }
        let parts = note[start.upperBound...].split(separator: ";").map { $0.split(separator: " ") }
        func values(after name: String) -> ArraySlice<Substring> {
            parts.first { $0.first.map(String.init) == name }?.dropFirst() ?? []
        }
        seconds = (parts.first ?? []).compactMap { Double($0) }
        let said = values(after: "cues").compactMap { Name(rawValue: String($0)) }
        names = said.count == seconds.count ? said : []
        delayS = values(after: "delay_s").first.flatMap { Double($0) }
    }
}
