// SPDX-License-Identifier: Apache-2.0

/// How much of an exercise: every number carries its unit in its name, and what is not given does not apply.
public struct Dose: Hashable, Sendable, Codable {
    public var sets: Int?
    public var reps: Int?
    /// The repetitions are done in each direction (ankle circles).
    public var eachWay: Bool?
    public var holdS: Int?
    public var minutes: Double?
    public var walkMinutes: Double?
    public var runMinutes: Double?
    public var restS: Int?
    /// Extra load as a share of body weight.
    public var loadBodyWeight: Double?
    public var timesPerDay: Int?
    public var timesPerWeek: Int?

    public init(
        sets: Int? = nil, reps: Int? = nil, eachWay: Bool? = nil, holdS: Int? = nil, minutes: Double? = nil,
        walkMinutes: Double? = nil, runMinutes: Double? = nil, restS: Int? = nil,
        loadBodyWeight: Double? = nil, timesPerDay: Int? = nil, timesPerWeek: Int? = nil
    ) {
        self.sets = sets
        self.reps = reps
        self.eachWay = eachWay
        self.holdS = holdS
        self.minutes = minutes
        self.walkMinutes = walkMinutes
        self.runMinutes = runMinutes
        self.restS = restS
        self.loadBodyWeight = loadBodyWeight
        self.timesPerDay = timesPerDay
        self.timesPerWeek = timesPerWeek
    }
}
