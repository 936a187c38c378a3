// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The tests that a phone can do, those first that the plan opens.
struct LabListPage: Page {
    struct Card: Sendable {
        let name: String
        let what: String
        let figure: String
        let href: String
        let isOpen: Bool
        /// Not the first of the open ones: its button is a quiet one.
        var isLater = true
        /// Why it is not open; empty where it is.
        let reason: String
    }

    static let template = "lab"
    let title: String
    let isPaused: Bool
    let open: [Card]
    let later: [Card]
    let hasLater: Bool
    var place: String? { "/measure" }

    init(_ visit: Visit, _ episode: Episode) {
        let words = visit.words
        let cards = LabTest.allCases.map { test in
            let task = test.openTask(in: episode) ?? test.tasks[0]
            let reason = LabGate(task, in: episode).reason(for: task, words)
            return Card(
                name: words["lab.\(test.key).name"], what: words["lab.\(test.key).what"],
                figure: task.figure, href: "/lab/\(test.rawValue)", isOpen: reason == nil,
                reason: reason ?? "")
        }
        var open = cards.filter(\.isOpen)
        if !open.isEmpty { open[0].isLater = false }
        self.open = open
        isPaused = LabGate(.walk, in: episode) == .paused
        later = isPaused ? [] : cards.filter { !$0.isOpen }
        hasLater = !later.isEmpty
        title =
            isPaused
            ? words["today.paused"]
            : open.isEmpty ? words["lab.title_none"] : words("lab.title", count: open.count)
    }
}

extension LabGate {
    /// Why a task is closed, for the person; nil where it is open.
    func reason(for task: LabTask, _ words: Words) -> String? {
        switch self {
        case .open: nil
        case .paused: words["lab.closed.paused"]
        case .noPlan: words["lab.closed.noPlan"]
        case .notYet: words[task == .hop || task == .hops ? "lab.closed.hop" : "lab.closed.notYet"]
        }
    }
}
