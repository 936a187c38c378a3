// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The front desk: who the clinic's patients are, and who asks to become one.
///
/// Nothing clinical is shown to the desk.
struct Desk: Feature {
    let site: Site

    var routes: [Route] {
        PeopleRoutes(site: site).routes + RequestRoutes(site: site).routes
            + DiaryRoutes(site: site).routes + DiaryActRoutes(site: site).routes
            + DiaryHoursRoutes(site: site).routes + WaitingRoutes(site: site).routes
            + AgreedRoutes(site: site).routes
    }

    static let allow = Allow.only([.desk, .therapist])
}
