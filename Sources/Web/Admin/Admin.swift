// SPDX-License-Identifier: Apache-2.0
import Clinical

/// What keeps the clinic's house in order: who works here, and who did what.
struct Admin: Feature {
    let site: Site

    var routes: [Route] { StaffRoutes(site: site).routes + AuditRoutes(site: site).routes }

    static let allow = Allow.only([.admin])
}
