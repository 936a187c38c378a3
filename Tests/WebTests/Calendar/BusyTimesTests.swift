// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Testing

@testable import Web

@Suite("Calendars of others, read for when their owner is busy") struct BusyTimesTests {
    static let home = TimeZone(identifier: "America/New_York") ?? .gmt
    /// 2026-11-01 to 2026-12-31, in UTC.
    static let window = DateInterval(
        start: Date(timeIntervalSince1970: 1_793_491_200), end: Date(timeIntervalSince1970: 1_798_675_200))

    func read(_ event: String, zones: String = "") throws -> BusyTimes {
        try BusyTimes(
            reading:
                "BEGIN:VCALENDAR\r\n\(zones)BEGIN:VEVENT\r\nUID:x\r\n\(event)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            within: Self.window, home: Self.home)
    }

    /// `1123T1400-1500` in UTC.
    static func words(_ intervals: [DateInterval]) -> String {
        intervals.map { interval in
            let (from, to) = (ClockTime(interval.start, offset: 0), ClockTime(interval.end, offset: 0))
            let start = from.basic.dropFirst(4).dropLast(2)
            return
                "\(start)-\(from.day == to.day ? "" : to.day.basic.dropFirst(4) + "T")\(to.basic.dropFirst(9).dropLast(2))"
        }.joined(separator: " ")
    }

    @Test(
        "Each kind of event",
        arguments: [
            ("DTSTART:20261123T140000Z\nDTEND:20261123T150000Z", "1123T1400-1500"),
            ("DTSTART:20261123T140000Z\nDURATION:PT1H30M", "1123T1400-1530"),
            ("DTSTART:20261123T090000\nDTEND:20261123T100000", "1123T1400-1500"),
            ("DTSTART;TZID=Europe/Berlin:20261123T090000\nDURATION:P0DT1H", "1123T0800-0900"),
            ("DTSTART;TZID=\"Europe/Berlin\":20261123T090000\nDURATION:PT1H", "1123T0800-0900"),
            ("DTSTART;VALUE=DATE:20261123", "1123T0500-1124T0500"),
            ("DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261125", "1123T0500-1125T0500"),
            // 25 hours: the clocks go back on November 1.
            ("DTSTART;VALUE=DATE:20261101\nDTEND;VALUE=DATE:20261102", "1101T0400-1102T0500"),
            ("DTSTART:20261123T140000Z\nDTEND:20261123T150000Z\nTRANSP:TRANSPARENT", ""),
            ("DTSTART:20261123T140000Z\nDTEND:20261123T150000Z\nSTATUS:CANCELLED", ""),
            ("DTSTART:20261123T140000Z\nDTEND:20261123T150000Z\nSTATUS:TENTATIVE", "1123T1400-1500"),
            ("DTSTART:20261123T140000Z", ""),
            ("DTSTART:20261023T140000Z\nDURATION:PT1H", "")
        ])
    func kinds(event: String, busy: String) throws {
        let read = try read(event)
        #expect(Self.words(read.intervals) == busy, "\(event)")
        #expect(read.notices.isEmpty)
    }

    @Test(
        "Each rule that is expanded",
        arguments: [
            ("FREQ=DAILY;COUNT=3", "1127T1400-1430 1128T1400-1430 1129T1400-1430"),
            ("FREQ=DAILY;INTERVAL=2;UNTIL=20261201T140000Z", "1127T1400-1430 1129T1400-1430 1201T1400-1430"),
            ("FREQ=DAILY;INTERVAL=2;UNTIL=20261201T135959Z", "1127T1400-1430 1129T1400-1430"),
            ("FREQ=DAILY;UNTIL=20261128", "1127T1400-1430 1128T1400-1430"),
            ("FREQ=WEEKLY;COUNT=2", "1127T1400-1430 1204T1400-1430"),
            ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", "1127T1400-1430 1211T1400-1430 1225T1400-1430"),
            // Friday first, then Monday and Friday.
            (
                "FREQ=WEEKLY;BYDAY=MO,FR;COUNT=4",
                "1127T1400-1430 1130T1400-1430 1204T1400-1430 1207T1400-1430"
            ),
            ("FREQ=DAILY;BYDAY=SA,SU;COUNT=3", "1127T1400-1430 1128T1400-1430 1129T1400-1430"),
            // Every second week: Sunday belongs to the week before or to the next, as the week begins.
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,FR;COUNT=3;WKST=MO",
                "1127T1400-1430 1129T1400-1430 1211T1400-1430"
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,FR;COUNT=3;WKST=SU",
                "1127T1400-1430 1206T1400-1430 1211T1400-1430"
            )
        ])
    func rules(rule: String, busy: String) throws {
        let read = try read("DTSTART:20261127T140000Z\nDURATION:PT30M\nRRULE:\(rule)")
        #expect(Self.words(read.intervals) == busy, "\(rule)")
        #expect(read.notices.isEmpty)
    }

    @Test(
        "Monthly and yearly rules, as python-dateutil expands them",
        arguments: [
            ("20260105", "FREQ=MONTHLY;COUNT=14", "1105 1205"),
            // A month without the day has none.
            ("20260131", "FREQ=MONTHLY;COUNT=12", ""),
            ("20260131", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=13", "1130"),
            ("20260103", "FREQ=MONTHLY;BYMONTHDAY=3,-2", "1103 1129 1203 1230"),
            ("20260115", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15,30", "1115 1130"),
            ("20260112", "FREQ=MONTHLY;BYDAY=2MO", "1109 1214"),
            ("20260130", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261127T140000Z", "1127"),
            ("20260130", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261127T135959Z", ""),
            ("20260130", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "1130"),
            ("20260213", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1113"),
            ("20251204", "FREQ=MONTHLY;BYMONTH=11,12;BYDAY=1TH", "1105 1203"),
            ("20261130", "FREQ=MONTHLY;BYMONTHDAY=30;COUNT=2", "1130 1230"),
            ("20201126", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "1126"),
            ("20201210", "FREQ=YEARLY", "1210"), ("20201210", "FREQ=YEARLY;INTERVAL=4", ""),
            ("20241225", "FREQ=YEARLY;INTERVAL=2;COUNT=2", "1225"), ("20200229", "FREQ=YEARLY", ""),
            ("20251101", "FREQ=YEARLY;BYMONTH=11,12", "1101 1201"),
            ("20251103", "FREQ=YEARLY;BYMONTHDAY=3", "1103 1203"),
            ("20251130", "FREQ=YEARLY;BYDAY=-5SU", "1129"),
            ("20251215", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10,15,20;BYDAY=MO,TU,TH", "1210 1215")
        ])
    func monthly(start: String, rule: String, days: String) throws {
        let read = try read("DTSTART:\(start)T140000Z\nDURATION:PT30M\nRRULE:\(rule)")
        let found = Self.words(read.intervals).split(separator: " ").map { $0.prefix(4) }
        #expect(found.joined(separator: " ") == days, "\(rule)")
        #expect(read.notices.isEmpty)
    }

    @Test("A monthly hour stays at its wall time, and what is taken out of it is free") func monthlyWall()
        throws
    {
        let rule =
            "DTSTART;TZID=America/New_York:20261012T090000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=2MO"
        #expect(Self.words(try read(rule).intervals) == "1109T1400-1500 1214T1400-1500")
        #expect(
            Self.words(try read("\(rule)\nEXDATE;TZID=America/New_York:20261109T090000").intervals)
                == "1214T1400-1500")
    }

    @Test("A weekly hour stays at its wall time when the clocks change") func wallTime() throws {
        let read = try read(
            "DTSTART;TZID=America/New_York:20261026T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3")
        #expect(Self.words(read.intervals) == "1102T1400-1500 1109T1400-1500")
    }

    @Test("What is taken out and what is moved") func exceptions() throws {
        let rule = "DTSTART;TZID=America/New_York:20261102T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4"
        #expect(
            Self.words(try read("\(rule)\nEXDATE;TZID=America/New_York:20261109T090000").intervals)
                == "1102T1400-1500 1116T1400-1500 1123T1400-1500")
        #expect(
            Self.words(try read("\(rule)\nEXDATE:20261109T140000Z,20261116T140000Z").intervals)
                == "1102T1400-1500 1123T1400-1500")
        #expect(
            Self.words(try read("\(rule)\nEXDATE;VALUE=DATE:20261102").intervals)
                == "1109T1400-1500 1116T1400-1500 1123T1400-1500")
        #expect(Self.words(try read("\(rule)\nRDATE:20261110T160000Z").intervals).contains("1110T1600-1700"))
        let moved = """
            \(rule)
            END:VEVENT
            BEGIN:VEVENT
            UID:x
            RECURRENCE-ID;TZID=America/New_York:20261109T090000
            DTSTART;TZID=America/New_York:20261110T110000
            DURATION:PT1H
            """
        #expect(
            Self.words(try read(moved).intervals)
                == "1102T1400-1500 1110T1600-1700 1116T1400-1500 1123T1400-1500")
        #expect(
            Self.words(try read("\(moved)\nSTATUS:CANCELLED").intervals)
                == "1102T1400-1500 1116T1400-1500 1123T1400-1500")
    }

    @Test(
        "A rule that is not expanded blocks its hours every day, and says so",
        arguments: [
            "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYYEARDAY=100",
            "FREQ=MONTHLY;BYMONTHDAY=3;BYHOUR=9", "FREQ=MONTHLY;BYDAY=54MO", "FREQ=YEARLY;BYMONTH=13",
            "FREQ=MONTHLY;BYSETPOS=1", "FREQ=MONTHLY;BYMONTHDAY=3,x", "FREQ=HOURLY",
            "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=WEEKLY;BYHOUR=9,14", "FREQ=DAILY;BYSETPOS=1",
            "FREQ=WEEKLY;BYDAY=2MO", "FREQ=WEEKLY;COUNT=0", "nonsense", "FREQ=WEEKLY;COUNT=2;UNTIL=20261201"
        ])
    func unknownRule(rule: String) throws {
        let read = try read("DTSTART:20260103T140000Z\nDURATION:PT1H\nRRULE:\(rule)")
        #expect(read.notices == [.rule: 1])
        for day in 2...30 {
            let instant = Date(
                timeIntervalSince1970: Self.window.start.timeIntervalSince1970 + Double(day) * 86_400 + 14.5
                    * 3600)
            guard rule.contains("UNTIL") == false || day < 30 else { continue }
            #expect(read.intervals.contains { $0.contains(instant) }, "\(rule): day \(day) is free")
        }
    }

    @Test("A zone that nobody here knows blocks as far as its own description leaves open") func unknownZone()
        throws
    {
        let described = """
            BEGIN:VTIMEZONE
            TZID:Custom
            BEGIN:STANDARD
            DTSTART:16010101T020000
            TZOFFSETFROM:-0400
            TZOFFSETTO:-0500
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:-0500
            TZOFFSETTO:-0400
            END:DAYLIGHT
            END:VTIMEZONE

            """
        let event = "DTSTART;TZID=Custom:20261123T090000\nDURATION:PT1H"
        let read = try read(event, zones: described)
        #expect(Self.words(read.intervals) == "1123T1300-1500")
        #expect(read.notices == [.zone: 1])
        let bare = try self.read(event)
        #expect(Self.words(bare.intervals) == "1122T1900-1123T2200")
        #expect(bare.notices == [.zone: 1])
    }

    @Test(
        "What is broken is counted, and blocks until midnight where it began",
        arguments: [
            ("DTSTART:20261323T140000Z\nDURATION:PT1H", "", BusyTimes.Notice.start),
            ("SUMMARY:no start", "", .start),
            ("DTSTART:20261123T140000Z\nDTEND:20261123T130000Z", "1123T1400-1124T0000", .end),
            ("DTSTART:20261123T140000Z\nDTEND:soon", "1123T1400-1124T0000", .end),
            ("DTSTART:20261123T140000Z\nDURATION:P1Y", "1123T1400-1124T0000", .end)
        ])
    func broken(event: String, busy: String, notice: BusyTimes.Notice) throws {
        let read = try read(event)
        #expect(Self.words(read.intervals) == busy)
        #expect(read.notices == [notice: 1])
    }

    @Test("Free/busy periods, folded lines, bare line feeds and doubles") func forms() throws {
        let text = """
            BEGIN:VCALENDAR
            BEGIN:VFREEBUSY
            FREEBUSY;FBTYPE=BUSY:20261123T140000Z/20261123T150000Z,20261123T1
             45000Z/PT1H
            FREEBUSY;FBTYPE=FREE:20261124T140000Z/20261124T150000Z
            END:VFREEBUSY
            END:VCALENDAR
            """
        let read = try BusyTimes(reading: text, within: Self.window, home: Self.home)
        #expect(Self.words(read.intervals) == "1123T1400-1550")
    }

    @Test(
        "What is no calendar is refused",
        arguments: [
            ("", CalendarFault.notACalendar), ("<html>sign in</html>", .notACalendar),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", .unbalanced(line: 3)),
            ("BEGIN:VCALENDAR", .unbalanced(line: 1)), ("END:VCALENDAR", .unbalanced(line: 1)),
            (String(repeating: "BEGIN:VCALENDAR\n", count: 9), .unbalanced(line: 9)),
            (String(repeating: "x", count: CalendarComponent.largestFile + 1), .tooLarge)
        ])
    func refused(text: String, fault: CalendarFault) {
        #expect(throws: fault) {
            _ = try BusyTimes(reading: text, within: Self.window, home: Self.home)
        }
    }

    @Test("Cut, doubled and scrambled files end in a result or a refusal") func scrambled() throws {
        let file = """
            BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART;TZID=America/New_York:20261102T090000\r
            DURATION:PT1H\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261230T000000Z\r
            EXDATE:20261116T140000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n
            """
        let bytes = Array(file.utf8)
        var state: UInt64 = 7
        func next(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        var refused = 0
        for _ in 0..<3000 {
            var copy = bytes
            for _ in 0...next(4) {
                switch next(3) {
                case 0: copy[next(copy.count)] = UInt8(next(256))
                case 1: copy.remove(at: next(copy.count))
                default: copy.insert(copy[next(copy.count)], at: next(copy.count))
                }
            }
            do {
                let read = try BusyTimes(
                    reading: String(decoding: copy, as: UTF8.self), within: Self.window, home: Self.home)
                #expect(read.intervals.allSatisfy { $0.duration > 0 })
            } catch {
                refused += 1
            }
        }
        #expect((1..<3000).contains(refused))
    }
}
