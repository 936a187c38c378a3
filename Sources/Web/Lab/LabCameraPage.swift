// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// Heel raises seen by the phone's camera, which shows their height; the pictures never leave the phone.
struct LabCameraPage: Page {
    static let template = "lab-camera"
    let title: String
    let tabs: [LabTestPage.Tab]
    /// Why it is closed; nil where it may be done.
    let closed: String?
    let figure: String
    let how: [String]
    let owner: String
    let task: String
    let longest: String
    let sides: [LabTestPage.Choice]
    let body: [LabTestPage.BodyField]
    let endings: [LabTestPage.Choice]
    let sayings: [LabTestPage.Saying]
    var place: String? { "/measure" }

    /// - Throws: ``Failure/notFound`` for a task that a camera does not see.
    init(_ visit: Visit, _ episode: Episode, _ task: LabTask) throws {
        guard task.hasCamera else { throw Failure.notFound }
        let words = visit.words
        title = "\(words["lab.camera.title"]): \(words["lab.task.\(task.rawValue).name"])"
        tabs = LabTask.allCases.filter(\.hasCamera).map {
            LabTestPage.Tab(
                label: words["lab.task.\($0.rawValue).name"], href: "/lab/camera?task=\($0.rawValue)",
                isCurrent: $0 == task)
        }
        closed = LabGate(task, in: episode).reason(for: task, words)
        figure = "figures/lab-camera-\(task.rawValue)"
        how = words.lines("lab.camera.how")
        owner = try visit.signedIn().person.rawValue
        self.task = task.rawValue
        longest = String(task.longestS)
        sides = LabTestPage.sides(episode, words)
        body = LabTestPage.bodyFields(["mass"], LabBody(episode), words)
        endings = LabTestPage.endings(words)
        sayings = LabTestPage.sayings(words)
    }
}
