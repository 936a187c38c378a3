// SPDX-License-Identifier: Apache-2.0
import Clinical
import Foundation
import Store

/// Everybody who works here.
struct StaffPage: Page {
    static let template = "staff"

    struct Line: Sendable {
        let name: String
        let role: String
        let email: String
        let state: String
        /// `go`, `wait`, or nothing.
        let mark: String
        let action: String
        let canDisable: Bool
        let canEnable: Bool
        let canLink: Bool
        let canUnlock: Bool
        let isOwn: Bool

        init(_ visit: Visit, _ member: StaffMember, isWaiting: Bool) {
            let account = member.account
            let isEnabled = account.disabledAt == nil
            name = account.name
            role = visit.words["staff.role.\(account.role.rawValue)"]
            email = account.email ?? ""
            isOwn = visit.session?.person == account.id
            let state: (key: String, mark: String) =
                if !isEnabled { ("disabled", "") } else if isWaiting {
                    ("locked", "wait")
                } else if member.hasPassword {
                    ("active", "go")
                } else { ("invited", "wait") }
            self.state = visit.words["staff.state.\(state.key)"]
            mark = state.mark
            action = "/staff/\(account.id)"
            canDisable = isEnabled
            canEnable = !isEnabled
            canLink = isEnabled && !isOwn
            canUnlock = isEnabled && isWaiting
        }
    }

    let title: String
    let done: String?
    let problem: String?
    let lines: [Line]
    var place: String? { "/staff" }
    var width: PageWidth { .wide }

    init(_ visit: Visit, lines: [Line], problem: String?) {
        title = visit.words("staff.count", count: lines.count)
        done = problem == nil ? visit.done("staff") : nil
        self.problem = problem
        self.lines = lines
    }
}

/// Adding a member of staff.
struct NewStaffPage: Page {
    static let template = "staff-new"
    let title: String
    let formID: String
    let fields: StaffForm
    let problems: [Problem]
    let hasProblems: Bool
    var place: String? { "/staff" }

    init(_ visit: Visit, fields: StaffForm) {
        title = visit.words["staff.new_title"]
        formID = visit.nextFormID()
        self.fields = fields
        problems = fields.problems
        hasProblems = !problems.isEmpty
    }
}
