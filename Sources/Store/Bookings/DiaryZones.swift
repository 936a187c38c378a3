// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

/// A zone's rules change now and then; what people agreed on is the time on the wall.
extension Diary {
    /// An appointment that is kept at another time than was agreed, because the zone's rules have changed since.
    package struct Shifted: Hashable, Sendable {
        package let entry: DiaryEntry
        package let agreed: AgreedTime
    }

    /// The appointments ahead whose kept instant is not the agreed time any more, in the order of their starts.
    package func shifted(now: Date) async throws -> [Shifted] {
        try await database.read { try Self.shifted(on: $0, now: now) }
    }

    private static func shifted(on connection: any Connection, now: Date) throws -> [Shifted] {
        // A time is looked at once, however many share it: a diary of months has a few thousand.
        let times = try connection.rows(
            """
            SELECT DISTINCT zone, wall, starts_at FROM appointment
            WHERE status = 'booked' AND starts_at > \(now)
            """)
        let isShifted = try times.contains { row in
            guard let wall = WallTime(try row.text("wall")) else { throw StoreError.unreadable("wall") }
            let zone = TimeZone(identifier: try row.text("zone"))
            return try zone.map { AgreedTime(wall, kept: try row.date("starts_at"), in: $0) != .kept }
                ?? false
        }
        guard isShifted else { return [] }
        return try connection.rows(
            """
            SELECT \(DiaryEntry.columns) FROM appointment
            WHERE status = 'booked' AND starts_at > \(now) ORDER BY starts_at, id
            """
        ).map(DiaryEntry.init).compactMap { entry in
            let agreed = entry.appointment.agreed
            return agreed == .kept ? nil : Shifted(entry: entry, agreed: agreed)
        }
    }

    /// Puts every shifted appointment back to the time on the wall that was agreed, as far as it is free.
    ///
    /// All at once, because each may stand where another goes. What finds its time taken, or past, or not on
    /// the clock, stays as it is, and is told of by ``shifted(now:)`` until somebody moves it.
    /// - Returns: Those that were put back.
    /// - Throws: ``StoreError``.
    package func keepAgreedTimes(form: FormKey, now: Date) async throws -> Outcome {
        try await once(form, now: now) { writing, _ in
            let seen = try Self.shifted(on: writing.connection, now: now).map(\.entry.appointment)
            try writing.lock(seen.flatMap(keys))
            let moves = try seen.compactMap { appointment -> Move? in
                let before = try writing.find(appointment.id)
                guard before.status == .booked, case .moved(let start) = before.agreed, start > now else {
                    return nil
                }
                return Move(before: before, after: before.put(at: start))
            }
            for move in moves { try writing.unclaim(move.before.id) }
            var done = Done()
            for move in try fitting(moves, writing) {
                var kept = move.after
                try writing.keep(&kept, releasing: false)
                guard move.isMoved else { continue }
                done.ids.append(kept.id)
                done.changes.append(
                    AppointmentChange(kind: .moved, before: move.before, after: kept, link: nil))
            }
            return done
        }
    }

    private struct Move {
        let before: Appointment
        var after: Appointment
        var isMoved: Bool { before.starts != after.starts }
    }

    /// Leaves where they are those that cannot go, until nothing stands where something else goes.
    private func fitting(_ moves: [Move], _ writing: DiaryWriting) throws -> [Move] {
        var moves = moves
        var isSettled = false
        while !isSettled {
            isSettled = true
            for index in moves.indices where moves[index].isMoved {
                let here = moves[index].after
                let meets = moves.indices.contains { $0 != index && moves[$0].after.meets(here) }
                guard try meets || !isFree(here, writing) else { continue }
                moves[index].after = moves[index].before
                isSettled = false
            }
        }
        return moves
    }
}

extension Appointment {
    /// Whether it is still kept at the time that was agreed.
    package var agreed: AgreedTime {
        guard let zone = TimeZone(identifier: zone) else { return .kept }
        return AgreedTime(wall, kept: starts, in: zone)
    }

    /// The instant of the agreed time by the rules of today; what is kept, where the clock leaves it out.
    package var agreedStart: Date {
        if case .moved(let start) = agreed { start } else { starts }
    }

    /// The same appointment at another instant, at the same time on the wall.
    fileprivate func put(at start: Date) -> Appointment {
        let shift = start.timeIntervalSince(starts)
        var put = self
        put.starts = start
        put.ends = ends.addingTimeInterval(shift)
        put.busyUntil = busyUntil.addingTimeInterval(shift)
        put.sequence += 1
        return put
    }

    fileprivate func meets(_ other: Appointment) -> Bool {
        claims.contains { own in
            other.claims.contains { $0.resource == own.resource && $0.range.overlaps(own.range) }
        }
    }
}
