// SPDX-License-Identifier: Apache-2.0
import Clinical

/// Heel raises seen by the phone's camera, which shows their height; the pictures never leave the phone.
struct LabCameraPage: Page {
    static let template = "lab-camera"
    let title: String
    /// Why it is closed; nil where it may be done.
    let closed: String?
    let how: [String]
    let sayings: [LabTestPage.Saying]
    var place: String? { "/measure" }

    init(_ visit: Visit, _ episode: Episode) {
        let words = visit.words
        title = words["lab.camera.title"]
        closed = LabGate(.single, in: episode).reason(for: .single, words)
        how = words.lines("lab.camera.how")
        sayings = LabTestPage.sayings(words)
    }
}
