// SPDX-License-Identifier: Apache-2.0

/// One rise onto the toes and back.
public struct HeelRaise: Hashable, Sendable {
    /// The recording's own seconds: the start of the rise, the highest point, the end of the way down.
    ///
    /// On the foot, start and end are where the foot is tilted by 6°; elsewhere, where the straight line through 15 %
    /// and 40 % of the body's highest speed meets rest. So a cycle lasts from one start to the next.
    public var start: Double
    public var top: Double
    public var end: Double
    /// How high the heel, or on the body the phone, rose.
    public var heightCentimetres: Reading
    /// The ankle's range, from the foot's turn.
    public var rangeDegrees: Reading

    public var up: Double { top - start }
    public var down: Double { end - top }
}

/// A movement that looked like a heel raise at first.
public struct RejectedMovement: Hashable, Sendable {
    public enum Because: String, Hashable, Sendable, CaseIterable {
        /// The phone tilted further than in a heel raise.
        case tilt
        /// The foot did not turn about its ball.
        case lever = "not_about_the_ball_of_the_foot"
        /// The body rose or fell further than a heel raise lifts it.
        case height = "too_high"
        case impact
        case freeFall = "free_fall"
        /// Up for longer than ten seconds.
        case duration = "too_long"
        /// Sideways as much as upwards.
        case sideways
        /// Cycles shorter than anybody raises the heels in: walking, bouncing.
        case pace = "too_fast"
        /// Part of the movement before or after it, which was none.
        case context = "beside_another_movement"
        /// The other way than the others: the heel dropped below a step.
        case direction = "other_direction"
        /// Less than half of the others.
        case small = "too_small"
        /// The phone did not turn as it does in the others.
        case still
        /// A small movement between two that keep the beat.
        case between = "between_two"
        /// Most movements of the recording were no heel raises, so none is counted.
        case majority = "mostly_other_movements"
        /// The recording begins or ends in it.
        case cut
    }

    public var start: Double
    public var end: Double
    public var because: Because
}

/// Why a heel-raise test was over.
public enum HeelRaiseEnd: String, Hashable, Sendable, CaseIterable {
    /// Two cycles running were off the beat by more than half a second.
    case paceLost = "pace_lost"
    /// Two rises running were lower than half of the first three.
    case heightLost = "height_lost"
    /// The person stood still again.
    case stopped
    /// The recording was over first.
    case recordingEnded = "recording_ended"
    /// Nothing was counted.
    case noneCounted = "none_counted"
}

/// What a recording of heel raises says.
public struct HeelRaiseResult: Hashable, Sendable {
    public var method: Method
    public var placement: Placement
    public var quality: Quality
    public var repetitions: [HeelRaise]
    public var rejected: [RejectedMovement]
    public var end: HeelRaiseEnd

    /// All heights together.
    public var displacementCentimetres: Reading
    public var peakHeightCentimetres: Reading
    /// Mass × gravity × displacement, of one leg; more than the true work by about a fifth, alike on both legs.
    public var workJoules: Reading
    /// The mean over the repetitions of work on the way up by its time.
    public var powerWatts: Reading
    /// From the first three to the last three, as a part of the first three: positive is loss.
    public var fatiguePercent: Reading
    /// Change of height per repetition.
    public var slopeCentimetres: Reading
    /// The middle time from one start to the next.
    public var cycleSeconds: Reading
    /// Root mean square of the cycles' distance from the beat.
    public var tempoErrorSeconds: Reading
    /// Time up as a part of time down.
    public var upToDown: Reading

    public var count: Int { repetitions.count }
}
