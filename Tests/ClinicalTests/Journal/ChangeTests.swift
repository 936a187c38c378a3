// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("Two measured values") struct ChangeTests {
    private func value(
        _ value: Double, change: Double? = 4.7, _ edit: (inout MeasuredValue) -> Void = { _ in }
    ) -> MeasuredValue {
        var result = Samples.result
        result.value = value
        result.detectableChange = change.map {
            PublishedNumber(
                value: $0, unit: "deg", statistic: .detectableChange, sources: ["powden-2015"], tag: .primary)
        }
        edit(&result)
        return result
    }

    @Test(
        "differ for real beyond the detectable change, not on it",
        arguments: [
            (30.0, 34.75, Change.real(4.75)), (30, 34.5, .notReal), (30, 25.25, .real(-4.75)),
            (30, 30, .notReal)
        ])
    func edges(before: Double, after: Double, expected: Change) {
        #expect(Change(from: value(before), to: value(after)) == expected)
        // Exactly as much as can be told apart is not yet more than that.
        #expect(Change(from: value(before, change: 4), to: value(before + 4, change: 4)) == .notReal)
    }

    @Test("count the larger detectable change of both")
    func larger() {
        #expect(Change(from: value(30, change: 2), to: value(35, change: 6)) == .notReal)
        #expect(Change(from: value(30, change: 6), to: value(35, change: 2)) == .notReal)
    }

    @Test("say nothing without a published change, or where they were not measured alike")
    func unknown() {
        let first = value(30)
        for second in [
            value(60, change: nil), value(60) { $0.fact = "knee_to_wall_angle_right" },
            value(60) { $0.placement = "foot" }, value(60) { $0.method = "hop" },
            value(60) { $0.methodVersion = "2" }, value(60) { $0.unit = "cm" },
            value(60) { $0.detectableChange?.unit = "cm" }, value(.nan)
        ] {
            #expect(Change(from: first, to: second) == .unknown)
            #expect(Change(from: second, to: first) == .unknown)
        }
    }
}
