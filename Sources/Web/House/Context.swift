// SPDX-License-Identifier: Apache-2.0
package import Hummingbird
import Logging
import NIOCore
import Store

/// What is known of a request before its handler runs.
package struct Context: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Who is signed in; nil for a visitor.
    var session: Session?
    /// The address that the connection comes from, for the throttle.
    let address: String
    /// Names the request in the log and on an error page; says nothing else.
    let requestID: String

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
        requestID = String(Token.random().text.prefix(8))
    }

    /// A form is small; recordings will have their own limit.
    package var maxUploadSize: Int { 64 * 1024 }
}
