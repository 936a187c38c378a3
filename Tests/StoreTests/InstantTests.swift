// SPDX-License-Identifier: Apache-2.0
import Foundation
import Store
import Testing

@Suite("Instants") struct InstantTests {
    @Test(
        "An instant reads as its text and back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_795_351_853_123, "2026-11-22T12:50:53.123Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (2_147_483_648_000, "2038-01-19T03:14:08.000Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z")
        ])
    func reads(milliseconds: Int, text: String) {
        #expect(Instant(milliseconds: milliseconds).description == text)
        #expect(Instant(text)?.milliseconds == milliseconds)
    }

    @Test("A date survives its text to the millisecond, and texts sort as times do")
    func roundTripAndOrder() throws {
        var generator = SystemRandomNumberGenerator()
        let instants = (0..<20_000).map { _ in
            Instant(milliseconds: Int.random(in: -2_000_000_000_000...4_000_000_000_000, using: &generator))
        }
        for instant in instants {
            #expect(Instant(instant.date) == instant)
            #expect(Instant(instant.description) == instant)
        }
        #expect(instants.map(\.description).sorted() == instants.sorted().map(\.description))
    }

    @Test(
        "A text of another form is no instant",
        arguments: [
            "", "2026-11-22", "2026-11-22T12:50:53Z", "2026-11-22 12:50:53.123Z", "2026-02-29T00:00:00.000Z",
            "2026-11-22T24:00:00.000Z", "2026-11-22T12:60:00.000Z", "2026-11-22T12:50:53.12éZ"
        ])
    func refuses(text: String) { #expect(Instant(text) == nil) }

    @Test("A date outside the years 0 to 9999 moves to the nearest end")
    func clamps() {
        #expect(Instant(Date.distantPast.addingTimeInterval(-1e12)).description == "0000-01-01T00:00:00.000Z")
        #expect(Instant(Date(timeIntervalSince1970: 1e15)).description.hasPrefix("9999-12-31T"))
    }
}
