// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// One request on its way through a handler: who, what, when, and in which language.
struct Visit: Sendable {
    let request: Request
    let context: Context
    let site: Site
    var form: Form
    let now: Date
    /// What was sent to a route that takes bytes.
    var bytes = ByteBuffer()

    var session: Session? { context.session }
    var moment: Moment { Moment(now, zone: site.clinic.zone) }
    var language: String {
        let wanted = session?.language ?? chosenLanguage ?? site.clinic.language
        return site.languages.contains(wanted) ? wanted : "en"
    }
    /// The site's words.
    var words: Words { site.pages.words(in: language) }
    /// The pathway's words.
    var medicine: Words { site.pathway.words(in: language) }

    /// Who is signed in.
    ///
    /// - Throws: ``Failure/signInFirst``; a route that admits only roles never does.
    func signedIn() throws -> Session {
        guard let session else { throw Failure.signInFirst }
        return session
    }

    func author() throws -> Author {
        let session = try signedIn()
        return Author(id: session.person, role: session.role)
    }

    /// A path parameter.
    func parameter(_ name: String) throws -> String {
        // Nothing here is named with control characters, and no product keeps a null in a text.
        guard let value = context.parameters.get(name), value.unicodeScalars.allSatisfy({ $0.value >= 32 })
        else { throw Failure.notFound }
        return value
    }

    func query(_ name: String) -> String {
        let text = request.uri.queryParameters.get(name).map { String($0) } ?? ""
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 }))
            .trimmingCharacters(in: .whitespaces)
    }

    /// Where the request comes from, for the throttle: the connection's address, or what the TLS proxy says.
    ///
    /// Only a trusted proxy is believed, and of its header only the last address: that one it wrote
    /// itself, whatever the browser sent. Without this, all who come through the proxy would be one address,
    /// and one of them could lock everybody's sign-in.
    var address: String {
        guard site.isSecure, site.trustedProxies.contains(context.address),
            let last = request.headers[.xForwardedFor]?.split(separator: ",").last
        else { return context.address }
        let text = last.trimmingCharacters(in: .whitespaces)
        return (2...45).contains(text.count) && text.allSatisfy { $0.isHexDigit || ".:".contains($0) }
            ? text : context.address
    }

    /// The identity of the form that was sent: the same one writes once.
    func formID() throws -> String {
        let id = form["form"]
        guard (16...64).contains(id.count) else { throw Failure.badForm }
        return id
    }

    /// Goes to a page of this site after a form was taken.
    func redirect(to path: String) -> Response {
        precondition(path.hasPrefix("/") && !path.hasPrefix("//"), "redirects stay on this site")
        return .redirect(to: path, type: .normal)
    }

    /// Shows a page in the house's frame.
    func page(_ page: some Page, status: HTTPResponse.Status = .ok) throws -> Response {
        try site.pages.response(page, shell: Shell(self, for: page), language: language, status: status)
    }
}
