// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The people who work here: letting them in and shutting them out.
struct StaffRoutes: Sendable {
    let site: Site

    var routes: [Route] {
        [
            .get("/staff", Admin.allow) { try await list($0) },
            .get("/staff/new", Admin.allow) { visit in
                try visit.page(NewStaffPage(visit, fields: StaffForm(visit)))
            },
            .post("/staff/new", Admin.allow, add),
            .post("/staff/{person}/link", Admin.allow, makeLink),
            .post("/staff/{person}/disable", Admin.allow, disable),
            .post("/staff/{person}/enable", Admin.allow, enable),
            .post("/staff/{person}/unlock", Admin.allow, unlock)
        ]
    }

    private func list(_ visit: Visit, problem: String? = nil) async throws -> Response {
        var lines: [StaffPage.Line] = []
        for member in try await site.people.staff() {
            let key = Throttle.Key.account(member.account.email ?? "")
            let isWaiting = try await site.throttle.answer(key, now: visit.now) != .go
            lines.append(StaffPage.Line(visit, member, isWaiting: isWaiting))
        }
        let page = StaffPage(visit, lines: lines, problem: problem)
        return try visit.page(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func add(_ visit: Visit) async throws -> Response {
        let id = Person.ID(try visit.madeID())
        if try await site.people.staffMember(id) != nil { return visit.redirect(to: "/staff") }
        var fields = StaffForm(visit)
        guard let account = fields.account(id: id, visit) else {
            return try visit.page(NewStaffPage(visit, fields: fields), status: .unprocessableContent)
        }
        do {
            try await site.people.add(account, now: visit.now)
        } catch StoreError.duplicate {
            fields.email.error = visit.words["staff.problem.email_taken"]
            return try visit.page(NewStaffPage(visit, fields: fields), status: .unprocessableContent)
        }
        try await record(.personAdded, account, visit)
        return try await showLink(for: account, visit)
    }

    /// A new link takes the old password's place: it is for somebody who forgot it, or whose it is no more.
    @Sendable private func makeLink(_ visit: Visit) async throws -> Response {
        let account = try await member(visit)
        if let problem = try ownAccount(account, visit) { return try await list(visit, problem: problem) }
        guard account.disabledAt == nil else { throw Failure.refused("person_disabled") }
        try await site.people.setPassword(nil, of: account.id)
        return try await showLink(for: account, visit)
    }

    private func showLink(for account: Account, _ visit: Visit) async throws -> Response {
        let token = try await site.links.make(
            for: account.id, validFor: PeopleRoutes.linkSeconds, madeBy: visit.signedIn().person,
            now: visit.now)
        try await record(.linkMade, account, visit)
        return try visit.page(LinkPage(visit, member: account, token))
    }

    @Sendable private func disable(_ visit: Visit) async throws -> Response {
        let account = try await member(visit)
        guard try await site.people.disableKeepingAnAdmin(account.id, now: visit.now) else {
            return try await list(visit, problem: visit.words["staff.problem.last_admin"])
        }
        try await record(.personDisabled, account, visit)
        return visit.redirect(to: "/staff?done=disabled")
    }

    @Sendable private func enable(_ visit: Visit) async throws -> Response {
        let account = try await member(visit)
        try await site.people.enable(account.id)
        try await record(.personEnabled, account, visit)
        return visit.redirect(to: "/staff?done=enabled")
    }

    @Sendable private func unlock(_ visit: Visit) async throws -> Response {
        let account = try await member(visit)
        try await site.throttle.reset(.account(account.email ?? ""))
        try await record(.throttleReset, account, visit)
        return visit.redirect(to: "/staff?done=unlocked")
    }

    /// The member of staff of the path; a patient is not found here.
    private func member(_ visit: Visit) async throws -> Account {
        guard let member = try await site.people.staffMember(Person.ID(try visit.parameter("person"))) else {
            throw Failure.notFound
        }
        return member.account
    }

    /// One's own password is changed where it is asked for, not taken away.
    private func ownAccount(_ account: Account, _ visit: Visit) throws -> String? {
        try visit.signedIn().person == account.id ? visit.words["staff.problem.own"] : nil
    }

    private func record(_ kind: Act.Kind, _ account: Account, _ visit: Visit) async throws {
        let session = try visit.signedIn()
        try await site.audit.record(
            Act(actor: session.person, role: session.role, kind: kind, detail: account.id.rawValue),
            at: visit.now)
    }
}

/// The fields that say who a member of staff is.
struct StaffForm: Sendable {
    var name = Field()
    var email = Field()
    var roles: [Choice]
    var roleError: String?

    init(_ visit: Visit) {
        name.value = visit.form["name"]
        email.value = visit.form["email"]
        let chosen = visit.form["role"]
        roles = [Role.therapist, .desk, .admin].map { role in
            Choice(
                value: role.rawValue, label: visit.words["staff.role.\(role.rawValue)"],
                isChosen: role.rawValue == chosen)
        }
    }

    var problems: [Problem] {
        [("name", name.error), ("role-therapist", roleError), ("email", email.error)].compactMap {
            id, error in
            error.map { Problem(href: "#\(id)", text: $0) }
        }
    }

    /// The account; nil where a field says what is wrong with it.
    mutating func account(id: Person.ID, _ visit: Visit) -> Account? {
        name.value = name.value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !(1...100).contains(name.value.count) { name.error = visit.words["people.problem.name"] }
        let parts = email.value.split(separator: "@", omittingEmptySubsequences: false)
        if parts.count != 2 || parts.contains("") || email.value.count > 200
            || email.value.contains(where: \.isWhitespace)
        {
            email.error = visit.words["staff.problem.email"]
        }
        let role = roles.first(where: \.isChosen).flatMap { Role(rawValue: $0.value) }
        if role == nil { roleError = visit.words["staff.problem.role"] }
        guard problems.isEmpty, let role else { return nil }
        return Account(
            id: id, role: role, name: name.value, email: email.value, language: visit.site.clinic.language)
    }
}
