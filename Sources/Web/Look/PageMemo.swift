// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOCore
import Synchronization

/// Finished pages by what they were made from: the same chart, session and minute give the same page.
final class PageMemo: Sendable {
    struct Key: Hashable {
        let session: String
        let episode: String
        let sequence: Int
        let minute: Int
        let language: String
        let path: String
    }

    private let pages = Mutex<[Key: ByteBuffer]>([:])
    private let limit: Int

    init(limit: Int = 2000) { self.limit = limit }

    func page(_ key: Key) -> ByteBuffer? { pages.withLock { $0[key] } }

    func keep(_ page: ByteBuffer, for key: Key) {
        pages.withLock { pages in
            // Minutes pass: old pages are never asked for again, so all may go at once.
            if pages.count >= limit { pages.removeAll(keepingCapacity: true) }
            pages[key] = page
        }
    }
}
