// SPDX-License-Identifier: Apache-2.0
import Clinical
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The language for who is not signed in: the one they chose, else the one their browser asks for, else the clinic's.
///
/// Who is signed in has the language of their account.
struct LanguageChoice: Feature {
    let site: Site

    static let cookie = "lang"
    private static let year = 31_536_000

    var routes: [Route] { [.post("/language", .everyone, choose)] }

    /// Keeps the choice and goes back to where it was made.
    @Sendable private func choose(_ visit: Visit) async throws -> Response {
        let language = visit.form["language"]
        guard site.languages.contains(language) else { throw Failure.badForm }
        let back = visit.form["back"]
        var response = visit.redirect(to: Self.isLocal(back) ? site.readable(back) : "/")
        response.setCookie(
            Cookie(
                name: Self.cookie, value: language, maxAge: Self.year, path: "/", secure: site.isSecure,
                httpOnly: true, sameSite: .lax))
        return response
    }

    /// A path of this site and nothing that a browser could read as another one's.
    static func isLocal(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.count <= 500
            && path.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }

    /// The best of the languages by an `Accept-Language` header; nil where none of them is asked for.
    ///
    /// `es-MX,es;q=0.9,en;q=0.8` gives `es`. What is broken is passed over. Source: RFC 9110, 12.5.4.
    static func preferred(_ header: String, among languages: [String]) -> String? {
        var best: (language: String, weight: Double)?
        for part in header.split(separator: ",").prefix(20) {
            let pieces = part.split(separator: ";").map { $0.trimming(while: \.isWhitespace) }
            guard let range = pieces.first else { continue }
            let code = range.prefix { $0 != "-" }.lowercased()
            guard languages.contains(code) else { continue }
            var weight = 1.0
            for piece in pieces.dropFirst() where piece.hasPrefix("q=") {
                weight = Double(piece.dropFirst(2)) ?? 0
            }
            if weight > 0, weight > best?.weight ?? 0 { best = (code, weight) }
        }
        return best?.language
    }
}

extension Substring {
    fileprivate func trimming(while isOut: (Character) -> Bool) -> Substring {
        var rest = self.drop(while: isOut)
        while let last = rest.last, isOut(last) { rest = rest.dropLast() }
        return rest
    }
}

extension Site {
    /// The languages of which there is a catalogue for the site and one for the pathway: no page mixes two.
    var languages: [String] { pages.languages.filter { pathway.words[$0] != nil } }
}

extension Visit {
    /// What a visitor chose or their browser prefers; nil where neither says a language that there is.
    var chosenLanguage: String? {
        let languages = site.languages
        if let kept = request.cookies[LanguageChoice.cookie]?.value, languages.contains(kept) { return kept }
        return request.headers[.acceptLanguage].flatMap {
            LanguageChoice.preferred($0, among: languages)
        }
    }
}

extension Site {
    /// The address itself where it can be opened; where only a form can be sent to it, the nearest above it that can.
    ///
    /// An address that is not there at all stays as it is: its page says so in the language chosen.
    func readable(_ target: String) -> String {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        var parts = path.split(separator: "/").map(String.init)
        guard let methods = methods(at: String(path)), !methods.contains("GET") else { return target }
        while !parts.isEmpty {
            parts.removeLast()
            let above = "/" + parts.joined(separator: "/")
            if canOpen(above) { return above }
        }
        return "/"
    }

    private func canOpen(_ path: String) -> Bool { methods(at: path)?.contains("GET") == true }
}

extension Visit {
    /// Where the choice of a language leads back to: the page that is looked at, or what it was reached from.
    var wayBack: String { site.readable(isGet ? target : String(target.prefix { $0 != "?" })) }
}
