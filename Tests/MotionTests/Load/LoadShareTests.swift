// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("The share of the load") struct LoadShareTests {
    @Test("is what each plate bears of both", arguments: [(300.0, 300.0, 50.0), (300, 100, 25), (0, 50, 100)])
    func share(left: Double, right: Double, percent: Double) {
        let share = LoadShare(left: [left, left], right: [right, right])
        #expect(share.rightPercent == .value(percent))
        #expect(share.asymmetryPercent == .value((left - right) / (left + right) * 100))
    }

    @Test("is unknown where nobody stands, and leaves out instants without a number")
    func none() {
        #expect(LoadShare(left: [], right: []).rightPercent == .missing(.tooFew(needed: 1, got: 0)))
        #expect(LoadShare(left: [10, .nan, 5], right: [10, 3, 5], least: 15).rightPercent == .value(50))
    }

    @Test(
        "of a recorded person is the direct ratio, at the plate's rate and at 60 Hz",
        .enabled(if: SharedData.isThere, Comment(rawValue: SharedData.missing)),
        arguments: ["PDS13CF1", "PDS13OR1"])
    func recorded(name: String) throws {
        let table = try SharedData.table("balance/bmclab-pds/\(name)_grf.csv.gz")
        let (left, right) = (table["LGRF_Y"] ?? [], table["RGRF_Y"] ?? [])
        let direct = right.reduce(0, +) / (right.reduce(0, +) + left.reduce(0, +)) * 100
        #expect(abs((LoadShare(left: left, right: right).rightPercent.value ?? 0) - direct) < 1e-9)
        let some = stride(from: 0, to: left.count, by: 2)
        let half = LoadShare(left: some.map { left[$0] }, right: some.map { right[$0] })
        #expect(abs((half.rightPercent.value ?? 0) - direct) < 0.1)
    }
}
