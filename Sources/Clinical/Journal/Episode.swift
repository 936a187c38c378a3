// SPDX-License-Identifier: Apache-2.0
/// One injury from the first answer to discharge, as its journal tells it.
public struct Episode: Hashable, Sendable {
    public typealias ID = Identifier<Episode>
}
