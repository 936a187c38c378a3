// SPDX-License-Identifier: Apache-2.0

/// How soon somebody must be seen, from least to most urgent.
///
/// The most urgent rule that fires decides.
public enum Disposition: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case selfCareMonitor = "self_care_monitor"
    case bookEvaluation = "book_evaluation"
    case sameDay = "same_day"
    case emergencyNow = "emergency_now"

    public static func < (left: Self, right: Self) -> Bool { left.urgency < right.urgency }

    private var urgency: Int {
        switch self {
        case .selfCareMonitor: 0
        case .bookEvaluation: 1
        case .sameDay: 2
        case .emergencyNow: 3
        }
    }
}
