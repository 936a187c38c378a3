// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The demo's people: who they are, how their leg heals, and what happens on the way.
///
/// All invented.
struct DemoPerson {
    enum Twist: Hashable {
        /// Only the symptom check so far.
        case screenedOnly
        /// Evaluated, and no plan yet.
        case noPlan
        /// The therapist leaves the next phase unsigned from this day on.
        case unsignedFrom(day: Int)
        /// Stops writing on this day.
        case silentFrom(day: Int)
        /// The calf swells after it had improved; nobody has acknowledged it yet.
        case swellsToday
        /// The same in the past: examined, no clot, resumed.
        case swelled(day: Int)
        /// The morning after is clearly worse.
        case flares(day: Int)
        /// It stays worse for days.
        case doesNotSettle(fromDay: Int)
        /// A sharp stab during an exercise.
        case stabs(day: Int)
        /// Discharged once the last phase's goals are met.
        case discharge
    }

    let name: String
    let born: String
    let sex: String
    let leg: SimulatedLeg
    let daysAgo: Int
    let twists: Set<Twist>

    static let cast: [DemoPerson] = [
        .init("Demo, Alma", "1984-05-12", "female", .left, .moderate, 1.2, 26, daysAgo: 24, []),
        .init("Demo, Rosa", "1979-02-03", "female", .left, .moderate, 1.0, 24, daysAgo: 14, [.swellsToday]),
        .init(
            "Demo, Amir", "1991-11-21", "male", .right, .mild, 1.2, 30, daysAgo: 12, [.unsignedFrom(day: 6)]),
        .init(
            "Demo, Lena", "1972-07-30", "female", .left, .moderate, 1.1, 22, daysAgo: 30,
            [.silentFrom(day: 27)]),
        .init("Demo, Otto", "1980-01-15", "male", .right, .severe, 0.8, 25, daysAgo: 1, [.screenedOnly]),
        .init("Demo, Mei", "1988-09-09", "female", .right, .moderate, 1.0, 27, daysAgo: 2, []),
        .init("Demo, Jonas", "1986-03-27", "male", .left, .moderate, 1.1, 30, daysAgo: 62, []),
        .init("Demo, Priya", "1990-12-05", "female", .right, .mild, 1.4, 30, daysAgo: 70, [.discharge]),
        .init(
            "Demo, Karl", "1965-06-18", "male", .left, .moderate, 0.9, 20, daysAgo: 35, [.silentFrom(day: 14)]
        ),
        .init(
            "Demo, Ana", "1983-10-02", "female", .right, .moderate, 1.1, 24, daysAgo: 18, [.flares(day: 18)]),
        .init(
            "Demo, Ben", "1976-04-24", "male", .left, .moderate, 0.9, 23, daysAgo: 20,
            [.doesNotSettle(fromDay: 15)]),
        .init("Demo, Zoe", "1995-08-11", "female", .left, .moderate, 1.2, 28, daysAgo: 22, [.stabs(day: 21)]),
        .init("Demo, Ivo", "1969-12-19", "male", .right, .mild, 1.0, 21, daysAgo: 3, [.noPlan]),
        .init(
            "Demo, Nora", "1993-01-28", "female", .right, .moderate, 1.3, 28, daysAgo: 40, [.swelled(day: 16)]
        )
    ]

    private init(
        _ name: String, _ born: String, _ sex: String, _ side: Side, _ grade: Grade, _ speed: Double,
        _ raises: Double, daysAgo: Int, _ twists: Set<Twist>
    ) {
        self.name = name
        self.born = born
        self.sex = sex
        leg = SimulatedLeg(side: side, grade: grade, speed: speed, otherRaises: raises)
        self.daysAgo = daysAgo
        self.twists = twists
    }
}
