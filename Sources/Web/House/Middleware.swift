// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Store

/// One line per request: method, route, status.
///
/// Never the query, the path's values or the body: they can be health data.
struct RequestLog: RouterMiddleware {
    let logger: Logger

    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response)
        async throws
        -> Response
    {
        let response = try await next(request, context)
        logger.info(
            "request",
            metadata: [
                "id": "\(context.requestID)", "method": "\(request.method)",
                "route": "\(context.endpointPath ?? "-")", "status": "\(response.status.code)"
            ])
        return response
    }
}

/// The same headers on every response, errors included.
struct SecurityHeaders: RouterMiddleware {
    let isSecure: Bool

    static let policy = policy(scripts: "'self'")
    static let noSenses =
        "accelerometer=(), gyroscope=(), camera=(), microphone=(), geolocation=(), payment=()"

    static func policy(scripts: String) -> String {
        [
            "default-src 'none'", "script-src \(scripts)", "style-src 'self'", "img-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
            "frame-ancestors 'none'"
        ].joined(separator: "; ")
    }

    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response)
        async throws
        -> Response
    {
        var response = try await next(request, context)
        // The pages of the lab say themselves which of the phone's senses they use.
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.policy
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        // Not `no-referrer`: under it a browser tells this site's own forms' origin as `null`. Other hosts are told
        // nothing either way.
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        if response.headers[.permissionsPolicy] == nil {
            response.headers[.permissionsPolicy] = Self.noSenses
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        return response
    }
}

extension HTTPField.Name {
    static let referrerPolicy = named("Referrer-Policy")
    static let crossOriginOpenerPolicy = named("Cross-Origin-Opener-Policy")
    static let permissionsPolicy = named("Permissions-Policy")
    static let xForwardedFor = named("X-Forwarded-For")
    static let secFetchSite = named("Sec-Fetch-Site")
    static let csrfToken = named("X-CSRF-Token")

    private static func named(_ name: String) -> Self {
        guard let name = Self(name) else { preconditionFailure("\(name) is no header name") }
        return name
    }
}

/// Turns what was thrown into a page that says what happened and what to do; internals go to the log only.
struct ErrorPages: RouterMiddleware {
    let site: Site

    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response)
        async throws
        -> Response
    {
        do {
            return try await next(request, context)
        } catch {
            var failure = Failure(error)
            // A route's own path begins with a slash; what no route took has another name there.
            if failure == .notFound, context.endpointPath?.hasPrefix("/") != true,
                let allowed = site.methods(at: request.uri.path)
            {
                failure = .wrongMethod(allowed: allowed)
            }
            if failure == nil {
                // The type names the fault; what it carries could be somebody's data.
                site.logger.error(
                    "unexpected", metadata: ["id": "\(context.requestID)", "type": "\(type(of: error))"])
            }
            return try await page(for: failure, request, context)
        }
    }

    private func page(for failure: Failure?, _ request: Request, _ context: Context) async throws -> Response
    {
        var context = context
        // On a path that no route has, nobody has looked who is signed in yet.
        if context.session == nil { context.session = try? await SignedIn(site: site).session(request) }
        let visit = Visit(request: request, context: context, site: site, form: Form(), now: site.clock())
        if failure == .signInFirst, request.method == .get || request.method == .head {
            return visit.redirect(to: "/sign-in")
        }
        let page = ErrorPage(
            key: failure?.key ?? "unexpected", requestID: context.requestID, words: visit.words,
            clinic: site.clinic)
        var response = try visit.page(page, status: failure?.status ?? .internalServerError)
        if failure == .busy { response.headers[.retryAfter] = "5" }
        if case .wrongMethod(let allowed) = failure { response.headers[.allow] = allowed }
        return response
    }
}

/// Finds out who is signed in, from the cookie.
struct SignedIn: RouterMiddleware {
    let site: Site

    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response)
        async throws
        -> Response
    {
        var context = context
        context.session = try await session(request)
        return try await next(request, context)
    }

    func session(_ request: Request) async throws -> Session? {
        guard let cookie = request.cookies[Self.cookieName(isSecure: site.isSecure)] else { return nil }
        return try await site.sessions.session(Token(cookie.value), now: site.clock())
    }

    /// The prefix binds the cookie to this host and to TLS; a browser refuses it over plain HTTP.
    static func cookieName(isSecure: Bool) -> String { isSecure ? "__Host-sid" : "sid" }

    static func cookie(_ token: Token?, isSecure: Bool, seconds: Int) -> Cookie {
        Cookie(
            name: cookieName(isSecure: isSecure), value: token?.text ?? "", maxAge: seconds, path: "/",
            secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}
