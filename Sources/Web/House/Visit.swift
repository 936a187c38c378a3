// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Hummingbird
import Store

/// One request on its way through a handler: who, what, when, and in which language.
struct Visit: Sendable {
    let request: Request
    let context: Context
    let site: Site
    let form: Form
    let now: Date

    var session: Session? { context.session }
    var moment: Moment { Moment(now, zone: site.clinic.zone) }
    var language: String { site.pages.language(session?.language ?? site.clinic.language) }
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
        guard let value = context.parameters.get(name) else { throw Failure.notFound }
        return value
    }

    func query(_ name: String) -> String { request.uri.queryParameters.get(name) ?? "" }

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
