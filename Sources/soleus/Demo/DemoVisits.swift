// SPDX-License-Identifier: Apache-2.0

/// When one of the demo's people comes to the clinic.
struct DemoVisits {
    let name: String
    let service: String
    /// 0 is the first of the demo's therapists.
    let therapist: Int
    /// Their usual time, in minutes since midnight.
    let minute: Int
    /// Counted from today.
    let days: [Int]
    /// They did not come.
    var isMissed = false
    /// Only the first of the days on which there is a time.
    var isOnce = false

    static let weeks = 6
    /// Somebody who comes at the same time every week; it began on one of these days.
    static let series = DemoVisits("Demo, Jonas", "treatment", 1, 17 * 60, [-6, -5, -4, -7])
    /// Whose last one was cancelled.
    static let cancelled = DemoVisits("Demo, Ben", "treatment", 0, 14 * 60, [])

    static let all = [
        // The evaluations stand on the day on which the chart has them.
        DemoVisits("Demo, Ivo", "evaluation", 0, 10 * 60, [-2]),
        DemoVisits("Demo, Mei", "evaluation", 0, 10 * 60, [-1]),
        DemoVisits("Demo, Otto", "evaluation", 1, 16 * 60, [1, 2, 3], isOnce: true),
        DemoVisits("Demo, Alma", "treatment", 0, 9 * 60, [-7, -4, 0, 3, 6]),
        DemoVisits("Demo, Rosa", "treatment", 0, 8 * 60 + 15, [-6, -3, 1]),
        DemoVisits("Demo, Amir", "treatment", 1, 10 * 60, [-5, -2, 0, 4]),
        DemoVisits("Demo, Lena", "treatment", 0, 11 * 60, [-6, -5]),
        DemoVisits("Demo, Lena", "treatment", 0, 11 * 60, [-2, -1, -3], isMissed: true, isOnce: true),
        DemoVisits("Demo, Ana", "treatment", 1, 8 * 60 + 30, [-4, -1, 0, 5]),
        DemoVisits("Demo, Ben", "treatment", 0, 14 * 60, [-6, -3, 0, 2]),
        DemoVisits("Demo, Zoe", "treatment", 1, 11 * 60 + 30, [-5, -2, 0, 2, 6]),
        DemoVisits("Demo, Mei", "treatment", 0, 10 * 60 + 30, [0, 3]),
        DemoVisits("Demo, Ivo", "treatment", 0, 15 * 60 + 30, [0, 2]),
        DemoVisits("Demo, Nora", "treatment", 1, 15 * 60, [-6, -3]),
        DemoVisits("Demo, Nora", "running-test", 1, 13 * 60, [1, 4])
    ]

    private init(
        _ name: String, _ service: String, _ therapist: Int, _ minute: Int, _ days: [Int],
        isMissed: Bool = false,
        isOnce: Bool = false
    ) {
        self.name = name
        self.service = service
        self.therapist = therapist
        self.minute = minute
        self.days = days
        self.isMissed = isMissed
        self.isOnce = isOnce
    }
}
