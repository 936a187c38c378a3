// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// The newest acts; which page of which chart, never what stood in it.
struct AuditPage: Page {
    static let template = "audit"

    struct Line: Sendable {
        let when: String
        let who: String
        /// Only this person's acts; nil for nobody in particular.
        let whoHref: String?
        let part: String
        let what: String
        let detail: String
        let patient: String

        init(_ visit: Visit, _ line: AuditLine) {
            let words = visit.words
            let act = line.act.act
            when = visit.dated(line.act.at)
            part = words["audit.part.\(act.part.rawValue)"]
            who = line.actorName ?? part
            whoHref = line.actorName == nil ? nil : "/audit?person=\(act.actor)"
            what = words["audit.kind.\(act.kind.rawValue)"]
            patient = line.patientName ?? ""
            detail = line.aboutName ?? Self.detail(act.detail, words)
        }

        /// The page's name in words where there is one; identities mean nothing to a reader.
        private static func detail(_ detail: String, _ words: Words) -> String {
            let parts = detail.split(separator: " ").map { String($0) }
                .filter { !($0.count == 32 && $0.allSatisfy(\.isHexDigit)) }
            let key = "audit.page.\(parts.joined(separator: "_"))"
            return words.has(key) ? words[key] : parts.joined(separator: " ")
        }
    }

    /// What a walk along the chain found.
    struct Check: Sendable {
        let isWhole: Bool
        let text: String
    }

    let title: String
    let lines: [Line]
    let hasLines: Bool
    let older: String?
    let newest: String?
    let all: String?
    let verify: String
    let check: Check?
    var place: String? { "/audit" }
    var width: PageWidth { .wide }

    /// - Parameters:
    ///   - visit: Who reads.
    ///   - lines: One more than is shown where there are older ones.
    ///   - person: Whose acts alone; nil for all.
    ///   - isFirst: Whether it begins with the newest.
    ///   - checked: nil where the chain was not walked, else what was found.
    init(_ visit: Visit, lines: [AuditLine], person: Account?, isFirst: Bool, checked: ChainFault??) {
        let words = visit.words
        let shown = lines.prefix(AuditRoutes.listed)
        title = person.map { words("audit.of", ["name": $0.name]) } ?? words["audit.title"]
        self.lines = shown.map { Line(visit, $0) }
        hasLines = !shown.isEmpty
        let filter = person.map { "&person=\($0.id)" } ?? ""
        older =
            lines.count > shown.count ? shown.last.map { "/audit?before=\($0.act.sequence)\(filter)" } : nil
        newest = isFirst ? nil : (person.map { "/audit?person=\($0.id)" } ?? "/audit")
        all = person == nil ? nil : "/audit"
        verify = "/audit?verify=1\(filter)"
        check = checked.map { fault in
            switch fault {
            case nil: Check(isWhole: true, text: words["audit.whole"])
            case .missing(let row)?, .unaccounted(let row)?:
                Check(isWhole: false, text: words("audit.missing", ["row": String(row)]))
            case .altered(let row)?, .reordered(let row)?:
                Check(isWhole: false, text: words("audit.altered", ["row": String(row)]))
            }
        }
    }
}
