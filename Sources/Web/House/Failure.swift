// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// What can go wrong on the way to a page.
///
/// The sentence is made where it is read: the error page.
enum Failure: Error, Hashable {
    case notFound
    /// The page is there, for other methods: these.
    case wrongMethod(allowed: String)
    case signInFirst
    case forbidden
    /// The form came from another site, or from before the last sign-in.
    case crossSite
    case badForm
    case tooLarge
    case tooSlow
    /// Somebody else changed the chart in between.
    case changedMeanwhile
    case busy
    /// More often than a person would, from one address.
    case tooMany
    case full
    /// What was asked cannot be done as things stand, with the key of the sentence.
    case refused(String)

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .wrongMethod: .methodNotAllowed
        case .signInFirst: .unauthorized
        case .forbidden, .crossSite: .forbidden
        case .badForm: .badRequest
        case .tooLarge: .contentTooLarge
        case .tooSlow: .requestTimeout
        case .changedMeanwhile: .conflict
        case .busy: .serviceUnavailable
        case .tooMany: .tooManyRequests
        case .full: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .refused: .unprocessableContent
        }
    }

    /// Key of the words for the error page.
    var key: String {
        switch self {
        case .notFound: "not_found"
        case .wrongMethod: "wrong_method"
        case .signInFirst: "sign_in_first"
        case .forbidden: "forbidden"
        case .crossSite: "cross_site"
        case .badForm: "bad_form"
        case .tooLarge: "too_large"
        case .tooSlow: "too_slow"
        case .changedMeanwhile: "changed_meanwhile"
        case .busy: "busy"
        case .tooMany: "too_many"
        case .full: "full"
        case .refused(let key): key
        }
    }

    /// The failure that an error means to the person; nil for one that nobody foresaw.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case StoreError.conflict: self = .changedMeanwhile
        case StoreError.notFound: self = .notFound
        case StoreError.busy, StoreError.unavailable, StoreError.unreachable, StoreError.uncertain,
            StoreError.readOnly:
            self = .busy
        case StoreError.full: self = .full
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as HTTPError:
            switch error.status {
            case .notFound: self = .notFound
            case .contentTooLarge: self = .tooLarge
            case .badRequest, .unprocessableContent: self = .badForm
            default: return nil
            }
        default: return nil
        }
    }
}
