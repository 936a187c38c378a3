// SPDX-License-Identifier: Apache-2.0
import Clinical
import HTTPTypes
import Hummingbird
import Store

/// A page: a struct whose fields are already words, and the template of the same name.
protocol Page: Sendable {
    static var template: String { get }
    /// The document's title, which says what the page concluded.
    var title: String { get }
    /// The path of the navigation item that is current; nil where none is.
    var place: String? { get }
    var width: PageWidth { get }
}

enum PageWidth: String, Sendable {
    case reading = "", wide, narrow
}

extension Page {
    var place: String? { nil }
    var width: PageWidth { .reading }
}

/// What stands around every page.
struct Shell: Sendable {
    struct Item: Sendable {
        let label: String
        let href: String
        let icon: String
        let isCurrent: Bool
    }

    struct Language: Sendable {
        let code: String
        let name: String
        let isCurrent: Bool
    }

    let title: String
    let language: String
    let clinicName: String
    let address: String
    let phone: String
    let phoneLink: String
    let emergencyLine: String
    let emergency: String
    let emergencyLink: String
    /// For every form of a signed-in person.
    let csrf: String
    let isUnsigned: Bool
    let width: String?
    let isPatient: Bool
    let isStaff: Bool
    let isVisitor: Bool
    let person: String
    let items: [Item]
    /// The languages that a visitor may choose, each in its own words.
    let languages: [Language]
    /// Where a visitor is, to come back to.
    let here: String
    /// What the head says to machines; nil keeps the page out of every index.
    let meta: PageMeta?

    init(_ visit: Visit, for page: some Page) {
        let words = visit.words
        let clinic = visit.site.clinic
        title = page.title
        language = visit.language
        clinicName = clinic.name
        address = clinic.address.joined(separator: ", ")
        phone = clinic.phone
        phoneLink = clinic.phoneLink
        emergencyLine = words("shell.not_a_diagnosis", ["emergency": clinic.emergency])
        emergency = clinic.emergency
        emergencyLink = clinic.emergencyLink
        csrf = visit.session?.csrf ?? ""
        languages = visit.site.languages.map {
            Language(code: $0, name: words["language.\($0)"], isCurrent: $0 == visit.language)
        }
        here = visit.wayBack
        meta = (page as? any PublicPage).map { PageMeta($0, visit) }
        isUnsigned = visit.site.pathway.signedBy == nil
        width = page.width == .reading ? nil : page.width.rawValue
        let role = visit.session?.role
        isPatient = role == .patient
        isStaff = role != nil && role != .patient
        isVisitor = role == nil
        person = visit.session?.name ?? ""
        items = Self.places(for: role).map { place in
            Item(
                label: words["nav.\(place.key)"], href: place.href, icon: "icons/\(place.icon)",
                isCurrent: place.href == page.place)
        }
    }

    private static func places(for role: Role?) -> [(key: String, href: String, icon: String)] {
        switch role {
        case nil:
            [
                ("check", "/check", "check"), ("guide", "/guide", "leg"), ("reviews", "/reviews", "flag"),
                ("book", "/book", "calendar"), ("contact", "/contact", "phone"),
                ("sign_in", "/sign-in", "user")
            ]
        case .patient:
            [
                ("today", "/today", "check"), ("measure", "/measure", "leg"),
                ("progress", "/progress", "flag"),
                ("clinic", "/clinic", "phone")
            ]
        case .therapist:
            [
                ("board", "/board", "flag"), ("diary", "/diary", "clock"), ("people", "/people", "user"),
                ("requests", "/requests", "calendar"),
                ("account", "/account", "key")
            ]
        case .desk:
            [
                ("diary", "/diary", "clock"),
                ("people", "/people", "user"),
                ("requests", "/requests", "calendar"),
                ("outbox", "/outbox", "clock"),
                ("reviews", "/reviews/desk", "check"),
                ("account", "/account", "key")
            ]
        case .admin:
            [
                ("staff", "/staff", "user"),
                ("reviews", "/reviews/desk", "check"),
                ("feeds", "/feeds", "calendar"),
                ("audit", "/audit", "clock"),
                ("account", "/account", "key")
            ]
        }
    }
}
