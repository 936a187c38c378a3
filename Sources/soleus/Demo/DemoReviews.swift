// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store
import Web

/// Two reviews: one that the clinic has released, one that waits for it.
struct DemoReviews {
    let site: Site
    let desk: Person.ID
    let patients: [String: Person.ID]
    let now: Date

    func build() async throws {
        try await write(
            by: "Demo, Priya", daysAgo: 3, rating: 5, isNamed: true,
            """
            I tore my calf in the last minute of a Sunday game and thought the season was over. Nobody rushed me. \
            Whenever I asked why I could not run yet, they showed me what was still missing and how to get it. Ten \
            weeks later I played again.
            """, isReleased: true)
        try await write(
            by: "Demo, Jonas", daysAgo: 1, rating: 4, isNamed: false,
            """
            Clear exercises and an appointment that starts on time. The phone reminds me in the morning and I can see \
            what has changed since last week. I would like to come after seven in the evening some days.
            """, isReleased: false)
    }

    /// Written, signed word for word as the page shows it, and perhaps released.
    private func write(
        by name: String, daysAgo: Int, rating: Int, isNamed: Bool, _ text: String, isReleased: Bool
    ) async throws {
        guard let person = patients[name], let place = try await site.people.place(of: person) else { return }
        let written = now.addingTimeInterval(-86_400 * Double(daysAgo))
        let isClosed = try await site.scribe.episode(place.episode).closed != nil
        let language = site.clinic.language
        let review = Review(
            id: site.ids.make(), person: person, episode: place.episode,
            occasion: isClosed ? .discharge : .visit, at: written, language: language, text: text,
            rating: rating, shownName: isNamed ? ReviewName.shown(of: name) : nil, scope: .site, months: 12,
            form: site.ids.make())
        _ = try await site.reviews.write(review, now: written)
        let permission = ReviewPermission(
            review, clinic: site.clinic, words: site.words(in: language), now: written, person: name)
        let authorization = ReviewAuthorization(
            id: site.ids.make(), at: written, version: permission.version, text: permission.text,
            signature: ReviewName.spoken(name), scope: review.scope, expiresAt: permission.expiresAt,
            form: site.ids.make())
        try await site.reviews.authorize(review.id, authorization, by: person, now: written)
        guard isReleased else { return }
        try await site.reviews.decide(
            review.id, authorization: authorization.id, .released, by: desk, as: .desk,
            now: written.addingTimeInterval(86_400))
    }
}
