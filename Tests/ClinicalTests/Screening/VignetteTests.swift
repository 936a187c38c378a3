// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Clinical

/// The constructed cases of the clinical notes, with the least urgent answer that is still safe.
struct Vignette: Decodable, CustomTestStringConvertible, Sendable {
    let id: String
    let group: String
    let disposition: Disposition
    let minimumSafe: Disposition
    let answers: [String: Answer]

    enum CodingKeys: String, CodingKey {
        case id, group, disposition, answers
        case minimumSafe = "minimum_safe_disposition"
    }

    var testDescription: String { "\(id) \(group)" }

    static let file = packageRoot.appending(path: "../shared/clinical/cases-constructed.json").standardized
    static let isThere = FileManager.default.fileExists(atPath: file.path)

    static func all() throws -> [Vignette] {
        struct File: Decodable { let cases: [Vignette] }
        guard isThere else { return [] }
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).cases
    }
}

@Suite(
    "The 42 vignettes",
    .enabled(if: Vignette.isThere, "The cases are not beside this package: \(Vignette.file.path) is missing.")
)
struct VignetteTests {
    /// Answered more urgently than the case asks, and why that is accepted.
    static let acceptedOverTriage: [String: (Disposition, String)] = [
        "K27": (
            .bookEvaluation,
            "Whether she may be pregnant, where the pop was and whether she can rise on the leg were not answered."
        ),
        "K30": (
            .emergencyNow,
            "One new numbness of the foot is an emergency until a clinician has found another cause (EVIDENCE 1.5)."
        ),
        "K31": (
            .sameDay,
            "New pain at night without a moment of injury can be a vein, and the swelling was not answered."
        ),
        "K33": (
            .bookEvaluation,
            "Local swelling that is not said to be getting better, and nothing known of the tendon."
        ),
        "K37": (.bookEvaluation, "Swelling was not answered: a low clot score is no clearance."),
        "K38": (
            .bookEvaluation, "Swelling was not answered, and a limp books an examination in a first check."
        ),
        "K39": (.sameDay, "Worse after it had been better is a red flag by itself (EVIDENCE 0, point 2)."),
        "K41": (.sameDay, "Not sure about new breathlessness is never a no.")
    ]

    private func screening(_ vignette: Vignette) throws -> Screening {
        let pathway = try calfTear()
        return pathway.screen(try pathway.vocabulary.checked(vignette.answers))
    }

    @Test("are all there") func complete() throws { #expect(try Vignette.all().count == 42) }

    @Test("never send anybody home who has to be seen", arguments: try Vignette.all())
    func safe(vignette: Vignette) throws {
        let screening = try screening(vignette)
        #expect(screening.disposition >= vignette.minimumSafe, "\(screening.reasons)")
    }

    @Test("get the answer of the case, or a named more careful one", arguments: try Vignette.all())
    func exact(vignette: Vignette) throws {
        let screening = try screening(vignette)
        let expected = Self.acceptedOverTriage[vignette.id]?.0 ?? vignette.disposition
        #expect(screening.disposition == expected, "\(screening.reasons)")
    }

    @Test("are over-triaged only upwards, and only where they are still listed as such")
    func namedExceptions() throws {
        let cases = Dictionary(uniqueKeysWithValues: try Vignette.all().map { ($0.id, $0) })
        for (id, (disposition, reason)) in Self.acceptedOverTriage {
            #expect(disposition > (try #require(cases[id])).disposition, "\(id)")
            #expect(!reason.isEmpty)
        }
    }

    @Test("leave the two mild strains at home", arguments: ["K01", "K02"])
    func mildStaysHome(id: String) throws {
        let vignette = try #require(try Vignette.all().first { $0.id == id })
        #expect(try screening(vignette).disposition == .selfCareMonitor)
    }
}
