// SPDX-License-Identifier: Apache-2.0
import Clinical

/// What went wrong, in words, and what to do next.
struct ErrorPage: Page {
    static let template = "error"
    let title: String
    let text: String
    let requestLine: String
    let phone: String
    let phoneLink: String
    var width: PageWidth { .narrow }

    init(key: String, requestID: String, words: Words, clinic: ClinicDetails) {
        title = words["error.\(key).title"]
        text = words["error.\(key).text"]
        requestLine = words("error.request", ["id": requestID])
        phone = clinic.phone
        phoneLink = clinic.phoneLink
    }
}
