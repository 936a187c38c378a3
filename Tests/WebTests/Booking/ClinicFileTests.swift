// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store
import Testing

@testable import Web

@Suite("clinic.yaml") struct ClinicFileTests {
    private static let minimal = """
        name: A
        address: [B]
        phone: "555 0100"
        emergency: "911"
        time_zone: America/New_York
        language: en
        """

    private static func clinic(_ more: String) throws -> ClinicDetails {
        try ClinicDetails(yaml: minimal + "\n" + more, file: "clinic.yaml")
    }

    private static let words: Words = {
        let files = EmbeddedFiles.all.filter { $0.key.hasPrefix("words/en/") }
        var words = Words()
        for (path, text) in files { if let more = try? Words(yaml: text, file: path) { words.merge(more) } }
        return words
    }()

    @Test("An older file with its hours in words still loads; nothing can be booked by it")
    func older() throws {
        let clinic = try Self.clinic("hours: [\"Monday to Friday, 8 am to 7 pm\"]")
        #expect(clinic.hourLines(Self.words) == ["Monday to Friday, 8 am to 7 pm"])
        #expect(clinic.hours.isEmpty && clinic.services.isEmpty)
        #expect(clinic.diary.noticeHours == 24 && clinic.diary.openBookingsMax == 3)
        #expect(clinic.languages == ["en"])
    }

    @Test("Days that are alike share a line, a break is an and")
    func lines() throws {
        let clinic = try Self.clinic(
            """
            hours:
              monday: ["08:00-12:00", "13:00-19:00"]
              tuesday: ["08:00-12:00", "13:00-19:00"]
              saturday: ["09:00-13:00"]
            """)
        #expect(
            clinic.hourLines(Self.words) == [
                "Monday to Tuesday, 8:00 am to 12:00 pm and 1:00 pm to 7:00 pm",
                "Saturday, 9:00 am to 1:00 pm"
            ])
    }

    @Test(
        "What cannot be right is refused with its line",
        arguments: [
            ("hours: { mnday: [] }", "unknown weekday 'mnday'"),
            ("hours: { monday: [\"8-12\"] }", "such as \"08:00-12:00\""),
            ("hours: { monday: [\"12:00-08:00\"] }", "such as \"08:00-12:00\""),
            ("hours: { monday: [\"08:00-12:00\", \"11:00-13:00\"] }", "begins before the one above it ends"),
            ("hours: {}\nholidays: [{ date: 26-12-25 }]", "expected a day such as 2026-12-25"),
            ("hours: {}\nservices: [{ id: a, name: A, minutes: 7 }]", "multiple of 5"),
            (
                "hours: {}\nservices: [{ id: a, name: A, minutes: 30, needs: table }]",
                "no table under 'resources'"
            ),
            ("hours: {}\nservices: [{ id: A b, name: A, minutes: 30 }]", "small letters"),
            ("hours: {}\nresources: [{ id: a, kind: pool, name: A }]", "one of: room, table"),
            ("hours: {}\ntherapists: [{ email: a@b.c, services: [x] }]", "unknown service 'x'"),
            ("hours: {}\nnotice_hours: 3", "unknown key 'notice_hours'"),
            ("hours: {}\nopen_bookings_max: 0", "from 1 to 50")
        ])
    func refused(text: String, says: String) throws {
        do {
            _ = try Self.clinic(text)
            Issue.record("it loaded: \(text)")
        } catch let error as LoadError {
            #expect(error.description.contains(says), "\(error)")
            #expect(error.line ?? 0 >= 7, "\(error)")
        }
    }
}
