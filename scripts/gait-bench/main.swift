// SPDX-License-Identifier: Apache-2.0
// What scripts/bench-gait compiles together with Motion: analyses, with whatever weights stand beside it, the
// recordings that standard input names (FILE PLACEMENT SIDE HEIGHT [live], one a line), or measures throughput.
import Foundation

func read(_ path: String) throws -> Recording {
    var time: [Double] = []
    var (acceleration, rotation) = (Axes(), Axes())
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
        let row = line.split(separator: ",").compactMap { Double($0) }
        guard row.count >= 4 else { continue }
        time.append(row[0])
        acceleration.append(Vector(row[1], row[2], row[3]))
        if row.count >= 7 { rotation.append(Vector(row[4], row[5], row[6])) }
    }
    return Recording(
        time: time, acceleration: acceleration, rotation: rotation.count == time.count ? rotation : nil)
}

func text(_ value: GaitValue) -> String { value.value.map { String(format: "%.5f", $0) } ?? "null" }
func text(_ side: BodySide?) -> String { side.map { "\"\($0.rawValue)\"" } ?? "null" }

func json(_ analysis: GaitAnalysis) -> String {
    let contacts =
        analysis.contacts.map { "{\"t_s\":\($0.time),\"side\":\(text($0.side)),\"event\":\"initial\"}" }
        + analysis.finalContacts.map { "{\"t_s\":\($0.time),\"side\":\(text($0.side)),\"event\":\"final\"}" }
    let strides = analysis.strides.map {
        "{\"side\":\(text($0.side)),\"start_s\":\($0.start),\"end_s\":\($0.end),\"length_m\":\(text($0.length)),"
            + "\"stance_s\":\(text($0.stance)),\"swing_s\":\(text($0.swing)),"
            + "\"foot_strike_angle_deg\":\(text($0.footStrikeAngle))}"
    }
    return
        "{\"contacts\":[\(contacts.joined(separator: ","))],\"strides\":[\(strides.joined(separator: ","))],"
        + "\"push_off\":\(text(analysis.summary.pushOff))}"
}

/// The contacts as they are handed out while the recording runs, each with the time at which it was known.
func live(_ recording: Recording, _ placement: Placement, _ side: BodySide?) throws -> String {
    var stream = GaitStream(placement: placement, side: side, isLive: true)
    var contacts: [String] = []
    for index in 0..<recording.count {
        for contact in try stream.append(recording.sample(index)) {
            contacts.append(
                "{\"t_s\":\(contact.time),\"side\":\(text(contact.side)),\"event\":\"initial\","
                    + "\"known_s\":\(recording.time[index])}")
        }
    }
    return "{\"contacts\":[\(contacts.joined(separator: ","))],\"strides\":[]}"
}

func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    let span = (ContinuousClock.now - start).components
    return Double(span.seconds) + Double(span.attoseconds) * 1e-18
}

/// An hour made of one recording over and over; best of three, against summing the same samples once.
func throughput(_ path: String) throws {
    let one = try read(path)
    var hour = Recording(time: [], acceleration: Axes(), rotation: Axes())
    var offset = 0.0
    while offset < 3600 {
        for index in 0..<one.count {
            hour.time.append(one.time[index] + offset)
            hour.acceleration.append(one.acceleration[index])
            hour.rotation?.append(one.rotation?[index] ?? .zero)
        }
        offset += one.duration + 0.01
    }
    var (plain, gait, checksum, steps) = (Double.infinity, Double.infinity, 0.0, 0)
    for _ in 0..<3 {
        plain = min(
            plain,
            seconds {
                for axes in [hour.acceleration, hour.rotation ?? Axes()] {
                    for axis in [axes.x, axes.y, axes.z] { checksum += axis.reduce(0, +) }
                }
                checksum += hour.time.reduce(0, +)
            })
        gait = min(
            gait,
            try seconds {
                steps = try GaitAnalysis(recording: hour, placement: .lowerBack, height: 1.7).contacts.count
            })
    }
    let hours = hour.duration / 3600
    print(
        String(
            format:
                "engine alone, %d steps: %.3f s an hour, %.1f h of signal a second; plain pass over the same samples "
                + "in memory %.5f s an hour, %.0f h a second (sum %g)",
            steps, gait / hours, hours / gait, plain / hours, hours / plain, checksum))
}

if CommandLine.arguments.count > 1 {
    try throughput(CommandLine.arguments[1])
} else {
    while let line = readLine() {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 4, let placement = Placement(rawValue: words[1]) else { continue }
        let side = BodySide(rawValue: words[2])
        do {
            let recording = try read(words[0])
            print(
                try words.count > 4
                    ? live(recording, placement, side)
                    : json(
                        GaitAnalysis(
                            recording: recording, placement: placement, side: side, height: Double(words[3])))
            )
        } catch {
            print("{\"error\":\"\(error)\"}")
        }
    }
}
