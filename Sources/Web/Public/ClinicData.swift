// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The clinic in schema.org's words, from `clinic.yaml`.
///
/// No rating and no review stands here: stars are not sold to search engines. No place on the map either, as long as
/// nobody configures one.
struct ClinicData: Encodable, Sendable {
    struct Hours: Encodable, Sendable {
        let type = "OpeningHoursSpecification"
        let dayOfWeek: [String]?
        let opens: String
        let closes: String
        let validFrom: String?
        let validThrough: String?

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case dayOfWeek, opens, closes, validFrom, validThrough
        }
    }

    let context = "https://schema.org"
    let type = ["MedicalBusiness", "Physiotherapy"]
    let id: String
    let name: String
    let url: String
    let image: String
    let telephone: String
    let address: String
    let hasMap: String
    let knowsLanguage: [String]
    let openingHoursSpecification: [Hours]
    let specialOpeningHoursSpecification: [Hours]

    enum CodingKeys: String, CodingKey {
        case context = "@context"
        case type = "@type"
        case id = "@id"
        case name, url, image, telephone, address, hasMap, knowsLanguage, openingHoursSpecification
        case specialOpeningHoursSpecification
    }

    init(_ visit: Visit, _ changes: [DiaryChange]) {
        let clinic = visit.site.clinic
        url = visit.origin + "/"
        id = visit.origin + "/#clinic"
        name = clinic.name
        image = visit.origin + "/static/card.png"
        telephone = String(clinic.phoneLink.dropFirst("tel:".count))
        address = clinic.address.joined(separator: ", ")
        hasMap = clinic.mapLink
        knowsLanguage = clinic.languages
        openingHoursSpecification = Weekday.allCases.flatMap { weekday in
            clinic.hours[weekday].map { range in
                Hours(
                    dayOfWeek: ["https://schema.org/\(weekday.rawValue.capitalized)"],
                    opens: WallTime.text(minute: range.lowerBound),
                    closes: WallTime.text(minute: range.upperBound), validFrom: nil, validThrough: nil)
            }
        }
        specialOpeningHoursSpecification = clinic.specialDays(from: visit.moment.today, changes).flatMap {
            day, hours in
            // Opening and closing at midnight is how a day says that it is closed.
            (hours.ranges.isEmpty ? [0..<0] : hours.ranges).map { range in
                Hours(
                    dayOfWeek: nil, opens: WallTime.text(minute: range.lowerBound),
                    closes: WallTime.text(minute: range.upperBound), validFrom: day.description,
                    validThrough: day.description)
            }
        }
    }
}

/// The guide in schema.org's words.
struct GuideData: Encodable, Sendable {
    struct Thing: Encodable, Sendable {
        let type: String
        let name: String

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case name
        }
    }

    struct Link: Encodable, Sendable {
        let id: String

        enum CodingKeys: String, CodingKey { case id = "@id" }
    }

    let context = "https://schema.org"
    let type = "MedicalWebPage"
    let name: String
    let description: String
    let url: String
    let inLanguage: String
    let medicalAudience = "https://schema.org/Patient"
    let about: Thing
    let publisher: Link

    enum CodingKeys: String, CodingKey {
        case context = "@context"
        case type = "@type"
        case name, description, url, inLanguage, medicalAudience, about, publisher
    }

    init(_ page: GuidePage, _ visit: Visit) {
        name = page.title
        description = page.summary
        url = visit.origin + page.path
        inLanguage = visit.language
        about = Thing(type: "MedicalCondition", name: visit.words["guide.condition"])
        publisher = Link(id: visit.origin + "/#clinic")
    }
}

extension ClinicDetails {
    /// A search for the address on an open map; nothing is asked of it until somebody follows the link.
    var mapLink: String {
        let query = address.joined(separator: ", ")
        let kept = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{21}"..."\u{7E}"))
        return "https://www.openstreetmap.org/search?query="
            + (query.addingPercentEncoding(withAllowedCharacters: kept) ?? "")
    }
}
