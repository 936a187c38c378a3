// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// One test: what to do in a picture and three lines, where the phone goes, and what the script fills.
struct LabTestPage: Page {
    struct Tab: Sendable {
        let label: String
        let href: String
        let isCurrent: Bool
    }

    struct Choice: Sendable {
        let value: String
        let label: String
        let hint: String
        let isChosen: Bool
    }

    struct BodyField: Sendable {
        let name: String
        let label: String
        let unit: String
        let value: String
    }

    /// A sentence of the script, under its key.
    struct Saying: Sendable {
        let sayKey: String
        let text: String
    }

    static let template = "lab-test"
    let title: String
    let tabs: [Tab]
    let hasTabs: Bool
    let figure: String
    let how: [String]
    let action: String
    let owner: String
    let task: String
    let longest: String
    let still: String
    let beats: String
    let cues: String
    let asksEnd: Bool
    /// Why the task is closed; nil where it may be done.
    let closed: String?
    let sides: [Choice]
    let hasSides: Bool
    let places: [Choice]
    /// Where the camera can do this task, too.
    let hasCamera: Bool
    let body: [BodyField]
    let usesBody: Bool
    let asksCue: Bool
    let endings: [Choice]
    let sayings: [Saying]
    var place: String? { "/measure" }

    init(_ visit: Visit, _ episode: Episode, _ test: LabTest, _ task: LabTask) throws {
        let words = visit.words
        title = "\(words["lab.\(test.key).name"]): \(words["lab.task.\(task.rawValue).name"])"
        tabs = test.tasks.map {
            Tab(
                label: words["lab.task.\($0.rawValue).name"],
                href: "/lab/\(test.rawValue)?task=\($0.rawValue)",
                isCurrent: $0 == task)
        }
        hasTabs = tabs.count > 1
        figure = task.figure
        how = words.lines("lab.task.\(task.rawValue).how")
        action = "/lab/\(test.rawValue)"
        owner = try visit.signedIn().person.rawValue
        self.task = task.rawValue
        longest = String(task.longestS)
        still = task.stopsWhenStill ? "yes" : "no"
        beats = task.hasBeats ? "yes" : "no"
        cues = String(task.cues)
        asksEnd = test.asksWhyItEnded
        closed = LabGate(task, in: episode).reason(for: task, words)
        sides = task.hasSide ? Self.sides(episode, words) : []
        hasSides = !sides.isEmpty
        places = task.placements.enumerated().map { index, placement in
            Choice(
                value: placement.rawValue, label: words["lab.place.\(placement.rawValue).name"],
                hint: words["lab.place.\(placement.rawValue).where"], isChosen: index == 0)
        }
        hasCamera = task.hasCamera && closed == nil
        body = Self.bodyFields(test.bodyFields, LabBody(episode), words)
        usesBody = !body.isEmpty
        asksCue = task == .reaction
        endings = Self.endings(words)
        sayings = Self.sayings(words)
    }

    /// The uninjured leg shows the injured one how, so it goes first.
    static func sides(_ episode: Episode, _ words: Words) -> [Choice] {
        let first = episode.injuredSide == .left ? "right" : "left"
        return ["left", "right"].map { side in
            let isInjured = episode.injuredSide?.rawValue == side
            return Choice(
                value: side, label: words["lab.leg.\(side)\(isInjured ? "_injured" : "")"], hint: "",
                isChosen: side == first)
        }
    }

    /// What turns angles into heights and work, with what the chart knows already.
    static func bodyFields(_ names: [String], _ known: LabBody, _ words: Words) -> [BodyField] {
        names.map { name in
            let value = ["mass": known.massKg, "foot": known.footLengthCm, "height": known.heightCm][name]
            return BodyField(
                name: name, label: words["lab.body_field.\(name)"], unit: name == "mass" ? "kg" : "cm",
                value: value.flatMap { $0?.plain } ?? "")
        }
    }

    static func endings(_ words: Words) -> [Choice] {
        LabTrial.endings.map {
            Choice(value: $0, label: words["lab.ended.\($0)"], hint: "", isChosen: false)
        }
    }

    /// The script's sentences: `lab.say.stage_go` under `stage.go`.
    static func sayings(_ words: Words) -> [Saying] {
        let prefix = "lab.say."
        return words.keys.filter { $0.hasPrefix(prefix) }.sorted().map { key in
            Saying(sayKey: String(key.dropFirst(prefix.count)), text: words[key])
        }
    }
}
