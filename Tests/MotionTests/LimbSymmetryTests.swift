// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@Suite("The limb symmetry index") struct LimbSymmetryTests {
    @Test(
        "is the injured leg's share of the other leg, in percent",
        arguments: [
            (18.0, 20.0, 90.0), (20, 20, 100), (22, 20, 110), (0, 20, 0), (1, 3, 100.0 / 3), (0.5, 0.25, 200)
        ])
    func share(injured: Double, other: Double, percent: Double) throws {
        let index = try #require(limbSymmetryIndex(injured: injured, other: other))
        // One division and one product: two roundings.
        #expect(abs(index - percent) <= 2 * percent.ulp)
    }

    @Test(
        "is unknown where there is nothing to compare with",
        arguments: [
            (20.0, 0.0), (20, -1), (-1, 20), (.nan, 20), (20, .nan), (.infinity, 20), (20, .infinity), (0, 0)
        ])
    func unknown(injured: Double, other: Double) {
        #expect(limbSymmetryIndex(injured: injured, other: other) == nil)
    }

    @Test("does not ask in which unit both legs were measured")
    func unit() throws {
        let metres = try #require(limbSymmetryIndex(injured: 1.2, other: 1.5))
        let centimetres = try #require(limbSymmetryIndex(injured: 120, other: 150))
        #expect(abs(metres - centimetres) < 1e-12)
    }

    @Test("is 90 exactly at nine tenths, so that a criterion of 90 % is met there", arguments: 1...30)
    func nineTenths(tens: Int) {
        let other = Double(tens * 10)
        #expect(limbSymmetryIndex(injured: Double(tens * 9), other: other) == 90)
    }
}
