// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Testing

@testable import Web

@Suite("Balance is the mean of three trials") struct LabBalanceTests {
    /// Somebody who sways at the waist for so many seconds, a little more with each `size`.
    private static func standing(_ seconds: Int, size: Double = 1) -> [UInt8] {
        var text = "t_s,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z\n"
        for index in 0..<(seconds * 60) {
            let time = Double(index) / 60
            let (a, b) = (2 * .pi * 0.4 * time, 2 * .pi * 0.31 * time)
            let lean = (1.5 * size * sin(a), 1.1 * size * sin(b))
            let rate = (1.5 * size * 2 * .pi * 0.4 * cos(a), 1.1 * size * 2 * .pi * 0.31 * cos(b))
            func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
            let noise = 0.03 * sin(Double(index * index % 97))
            text +=
                "\(time),\(tenth(9.81 * sin(lean.0 * .pi / 180) + noise)),\(tenth(9.81 - noise)),"
                + "\(tenth(9.81 * sin(lean.1 * .pi / 180))),\(tenth(rate.1)),0,\(tenth(-rate.0))\n"
        }
        return Array(text.utf8)
    }

    private static func trial(_ number: Int, _ bytes: [UInt8], side: String = "left", by rosa: TestBrowser)
        async throws -> String
    {
        let hash = LabTests.hash(bytes)
        _ = try await rosa.put(
            "/lab/recordings/\(hash)?from=0&size=\(bytes.count)&task=open&side=\(side)&placement=waist&rate=60",
            bytes)
        let sent = try await rosa.post(
            "/lab/balance",
            [
                "form": "balance-trial-\(side)-\(number)", "recording": hash, "task": "open", "side": side,
                "placement": "waist", "at": "1795348800000"
            ])
        #expect(sent.status == 303, "\(sent.body.prefix(2000))")
        return try await rosa.get(try #require(sent.location)).body
    }

    @Test("Every trial is kept; two are missing, then one, then there is a mean") func threeTrials()
        async throws
    {
        let (site, rosa) = try await LabTests.clinic()
        let first = try await Self.trial(1, Self.standing(20), by: rosa)
        #expect(first.contains("Trials today: 20 s. 2 more of this leg make a mean of three."))
        #expect(!first.contains("Mean of three trials"))
        let second = try await Self.trial(2, Self.standing(23), by: rosa)
        #expect(second.contains("Trials today: 20, 23 s. One more of this leg makes a mean of three."))
        let third = try await Self.trial(3, Self.standing(29, size: 1.2), by: rosa)
        #expect(third.contains("Mean of three trials"))
        #expect(third.contains("The trials: 20, 23, 29 s."))
        #expect(third.contains("24 s"), "the mean of 20, 23 and 29")
        // A fourth replaces the first: it is the newest three that count.
        let fourth = try await Self.trial(4, Self.standing(26), by: rosa)
        #expect(fourth.contains("The trials: 23, 29, 26 s."))
        let kept = try await site.site.scribe.episode("rosa").measurements
        #expect(kept.count == 4)
        for text in ["Path of the sway", "Area that holds 95 % of the sway", "Jerk"] {
            #expect(third.contains(text), "\(text)")
        }
    }

    @Test("The other leg's trials are its own, and the legs are compared by their means") func bothLegs()
        async throws
    {
        let (site, rosa) = try await LabTests.clinic()
        try await LabTests.injure(.left, site)
        for (number, seconds) in [18, 20, 22].enumerated() {
            _ = try await Self.trial(number, Self.standing(seconds), by: rosa)
        }
        let right = try await Self.trial(9, Self.standing(40), side: "right", by: rosa)
        #expect(right.contains("2 more of this leg make a mean of three."))
        // Rounded down, as everywhere: 19.98 s of 39.98 s.
        #expect(right.contains("49 % (20 of 40 s)"), "the mean of three against the one there is")
    }
}
