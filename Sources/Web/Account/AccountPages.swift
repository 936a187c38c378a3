// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Signing in and out: links for patients, passwords for staff.
struct AccountPages: Feature {
    let site: Site

    var routes: [Route] {
        [
            .get("/enter/{token}", .everyone, showLink),
            .post("/enter/{token}", .everyone, useLink),
            .get("/sign-in", .everyone) { try $0.page(SignInPage($0)) },
            .post("/sign-in", .everyone, signIn),
            .post("/sign-out", .only(Set(Role.allCases)), signOut),
            .get("/account", .staff) { try await showAccount($0) },
            .post("/account/password", .staff, setPassword)
        ]
    }

    /// Shows the link's page and uses nothing up: a preview of the link must not sign anybody in.
    @Sendable private func showLink(_ visit: Visit) async throws -> Response {
        try visit.page(EnterPage(visit, token: visit.parameter("token")))
    }

    @Sendable private func useLink(_ visit: Visit) async throws -> Response {
        // Counted apart from passwords: a waiting room of used-up links must not lock the staff's sign-in.
        let keys = [Throttle.Key.address("links \(visit.address)")]
        guard try await site.throttle.attempt(keys, now: visit.now) == .go else { throw Failure.busy }
        guard let person = try await site.links.redeem(Token(visit.parameter("token")), now: visit.now) else {
            return try visit.page(EnterPage(visit, token: nil), status: .gone)
        }
        try await site.throttle.succeeded(keys)
        let isShared = visit.form["shared"] == "yes"
        let policy: SessionPolicy = person.role == .patient ? (isShared ? .sharedPhone : .patient) : .staff
        return try await start(person, policy: policy, visit)
    }

    @Sendable private func signIn(_ visit: Visit) async throws -> Response {
        let email = visit.form["email"]
        let keys = [Throttle.Key.account(email), .address(visit.address)]
        switch try await site.throttle.attempt(keys, now: visit.now) {
        case .go: break
        case .wait: return try visit.page(SignInPage(visit, problem: "wait"), status: .tooManyRequests)
        case .stopped: return try visit.page(SignInPage(visit, problem: "stopped"), status: .tooManyRequests)
        }
        let found = try await site.people.find(email: email)
        // An unknown name takes as long as a wrong password, and is told the same.
        let verdict = try await site.passwords.check(visit.form["password"], against: found?.password)
        guard let found, verdict != .wrong, found.account.disabledAt == nil, found.account.role != .patient
        else {
            try await site.audit.record(
                Act(actor: "visitor", part: .visitor, kind: .signInRefused), at: visit.now)
            return try visit.page(SignInPage(visit, problem: "wrong", email: email), status: .unauthorized)
        }
        try await site.throttle.succeeded(keys)
        if verdict == .rightButOld {
            let hash = try await site.passwords.hash(visit.form["password"])
            try await site.people.rehash(hash, of: found.account.id)
        }
        return try await start(found.account, policy: .staff, visit)
    }

    private func start(_ person: Account, policy: SessionPolicy, _ visit: Visit) async throws -> Response {
        try await endPresentSession(visit)
        let token = try await site.sessions.start(person.id, policy: policy, now: visit.now)
        try await site.audit.record(Act(actor: person.id, role: person.role, kind: .signedIn), at: visit.now)
        // Who came by a link and has no password yet sets one first.
        let needsPassword = try await site.people.staffMember(person.id)?.hasPassword == false
        var response = visit.redirect(to: needsPassword ? "/account" : "/")
        response.setCookie(
            SignedIn.cookie(token, isSecure: site.isSecure, seconds: policy.absoluteSeconds))
        return response
    }

    /// A session that nobody holds any more must not live on.
    private func endPresentSession(_ visit: Visit) async throws {
        if let cookie = visit.request.cookies[SignedIn.cookieName(isSecure: site.isSecure)] {
            try await site.sessions.end(Token(cookie.value))
        }
    }

    @Sendable private func signOut(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        try await endPresentSession(visit)
        try await site.audit.record(
            Act(actor: session.person, role: session.role, kind: .signedOut), at: visit.now)
        var response = visit.redirect(to: "/sign-in")
        response.setCookie(SignedIn.cookie(nil, isSecure: site.isSecure, seconds: 0))
        return response
    }

    private func showAccount(
        _ visit: Visit, problem: String? = nil, status: HTTPResponse.Status = .unprocessableContent
    ) async throws -> Response {
        let hasPassword = try await site.people.staffMember(visit.signedIn().person)?.hasPassword ?? false
        let page = AccountPage(visit, hasPassword: hasPassword, problem: problem)
        return try visit.page(page, status: problem == nil ? .ok : status)
    }

    /// Sets a password; every session ends, and this one starts anew under another token.
    @Sendable private func setPassword(_ visit: Visit) async throws -> Response {
        let session = try visit.signedIn()
        guard let person = try await site.people.find(session.person) else { throw Failure.signInFirst }
        switch try await checkCurrentPassword(of: person, visit) {
        case .go: break
        case .wrong: return try await showAccount(visit, problem: "current")
        case .wait: return try await showAccount(visit, problem: "wait", status: .tooManyRequests)
        }
        let password = visit.form["password"]
        guard password == visit.form["again"] else {
            return try await showAccount(visit, problem: "different")
        }
        let hash: PasswordHash
        do {
            hash = try await site.passwords.hash(
                password, besides: [person.name, person.email ?? "", site.clinic.name])
        } catch let fault as PasswordRule.Fault {
            return try await showAccount(visit, problem: fault.key)
        }
        try await site.people.setPassword(hash, of: person.id)
        try await site.audit.record(
            Act(actor: person.id, role: person.role, kind: .passwordSet), at: visit.now)
        let token = try await site.sessions.start(person.id, policy: .staff, now: visit.now)
        var response = visit.redirect(to: "/")
        response.setCookie(
            SignedIn.cookie(token, isSecure: site.isSecure, seconds: SessionPolicy.staff.absoluteSeconds))
        return response
    }

    private enum CurrentPassword { case go, wrong, wait }

    /// An unlocked screen is not enough to take an account over: who has a password gives it once more.
    private func checkCurrentPassword(of person: Account, _ visit: Visit) async throws -> CurrentPassword {
        guard let email = person.email, let kept = try await site.people.find(email: email)?.password else {
            return .go
        }
        let keys = [Throttle.Key.account(email)]
        guard try await site.throttle.attempt(keys, now: visit.now) == .go else { return .wait }
        guard try await site.passwords.check(visit.form["current"], against: kept) != .wrong else {
            return .wrong
        }
        try await site.throttle.succeeded(keys)
        return .go
    }
}

extension PasswordRule.Fault {
    fileprivate var key: String {
        switch self {
        case .tooShort: "short"
        case .tooLong: "long"
        case .guessable: "guessable"
        }
    }
}

/// The page behind a sign-in link; without a token it says that the link is used up.
struct EnterPage: Page {
    static let template = "enter"
    let title: String
    let action: String?
    var width: PageWidth { .narrow }

    init(_ visit: Visit, token: String?) {
        title = visit.words[token == nil ? "enter.gone_title" : "enter.title"]
        action = token.map { "/enter/\($0)" }
    }
}

/// Staff sign in with e-mail and password.
struct SignInPage: Page {
    static let template = "sign-in"
    let title: String
    let problem: String?
    let email: String
    var width: PageWidth { .narrow }
    var place: String? { "/sign-in" }

    init(_ visit: Visit, problem: String? = nil, email: String = "") {
        title = visit.words["sign_in.title"]
        self.problem = problem.map { visit.words["sign_in.problem.\($0)"] }
        self.email = email
    }
}

/// One's own account: the password.
struct AccountPage: Page {
    static let template = "account"
    let title: String
    let problem: String?
    let hasPassword: Bool
    let isTherapist: Bool
    var width: PageWidth { .narrow }
    var place: String? { "/account" }

    init(_ visit: Visit, hasPassword: Bool, problem: String?) {
        self.hasPassword = hasPassword
        isTherapist = visit.session?.role == .therapist
        title = visit.words["account.title"]
        self.problem = problem.map { visit.words["account.problem.\($0)"] }
    }
}
