// SPDX-License-Identifier: Apache-2.0
import Clinical
package import Foundation

extension Diary {
    /// Cancels an appointment, or gives a hold back; its time is free at once.
    package func cancel(
        _ id: Appointment.ID, version: Int? = nil, reason: String, by booker: Booker, form: FormKey, now: Date
    ) async throws -> Outcome {
        try await change(id, version, form: form, now: now) { before, writing in
            guard before.status == .booked || before.status == .held else {
                throw BookingRefusal.wrongStatus(before.status)
            }
            try checkNotice(before, by: booker, now)
            var after = before
            after.status = .cancelled
            after.heldUntil = nil
            after.cancelReason = before.status == .held ? Appointment.declined : reason
            after.sequence += 1
            // Who gives an offer back waits on.
            try writing.waitOn(without: id)
            // A calendar knows nothing of a hold, so there is nothing to take out of it.
            return (after, before.status == .held ? nil : .cancelled)
        }
    }

    /// Takes a cancelled appointment up again, where its time is still free.
    package func restore(
        _ id: Appointment.ID, version: Int? = nil, by booker: Booker, form: FormKey, now: Date
    ) async throws -> Outcome {
        try await change(id, version, form: form, now: now) { before, writing in
            guard before.status == .cancelled, before.person != nil else {
                throw BookingRefusal.wrongStatus(before.status)
            }
            guard before.starts > now else { throw BookingRefusal.past }
            guard try isFree(before, writing) else { throw BookingRefusal.taken }
            var after = before
            after.status = .booked
            after.cancelReason = nil
            after.sequence += 1
            // An offer that somebody takes late after all.
            try writing.leaveWaitingList(with: id)
            return (after, .restored)
        }
    }

    /// The steps of a day at the desk that can be taken, and taken back.
    package enum Step: String, Hashable, Sendable, CaseIterable {
        case checkIn = "check_in"
        case undoCheckIn = "undo_check_in"
        case done
        case noShow = "no_show"
        case undoNoShow = "undo_no_show"

        var leads: (from: Appointment.Status, to: Appointment.Status) {
            switch self {
            case .checkIn: (.booked, .checkedIn)
            case .undoCheckIn: (.checkedIn, .booked)
            case .done: (.checkedIn, .done)
            case .noShow: (.booked, .noShow)
            case .undoNoShow: (.noShow, .booked)
            }
        }

        fileprivate var kind: AppointmentChange.Kind? {
            switch self {
            case .checkIn: .checkedIn
            case .done: .done
            case .noShow: .noShow
            case .undoCheckIn, .undoNoShow: nil
            }
        }
    }

    package func take(
        _ step: Step, of id: Appointment.ID, version: Int?, form: FormKey, now: Date
    ) async throws -> Outcome {
        try await change(id, version, form: form, now: now) { before, _ in
            guard before.status == step.leads.from else { throw BookingRefusal.wrongStatus(before.status) }
            // Nobody has missed what has not begun.
            if step == .noShow, before.starts > now { throw BookingRefusal.wrongStatus(before.status) }
            var after = before
            after.status = step.leads.to
            return (after, step.kind)
        }
    }

    /// Takes the symptom check's result away from an appointment, and from the place on the list that led to it.
    package func detachRequest(from id: Appointment.ID, form: FormKey, now: Date) async throws -> Outcome {
        try await once(form, now: now) { writing, _ in
            let seen = try writing.find(id)
            try writing.lock(keys(seen))
            var after = try writing.find(id)
            if let request = after.request {
                after.request = nil
                try writing.keep(&after)
                try Requests.withdraw(request, on: writing.connection)
            }
            return Done(ids: [id])
        }
    }

    private func change(
        _ id: Appointment.ID, _ version: Int?, form: FormKey, now: Date,
        _ body: @Sendable (Appointment, DiaryWriting) throws -> (Appointment, AppointmentChange.Kind?)
    ) async throws -> Outcome {
        try await once(form, now: now) { writing, _ in
            let seen = try writing.find(id)
            try writing.lock(keys(seen))
            let before = try writing.find(id)
            try check(version, before)
            var (after, kind) = try body(before, writing)
            try writing.keep(&after)
            let changes = kind.map { [AppointmentChange(kind: $0, before: before, after: after, link: nil)] }
            return Done(changes: changes ?? [], ids: [id])
        }
    }
}
