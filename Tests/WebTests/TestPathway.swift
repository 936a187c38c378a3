// SPDX-License-Identifier: Apache-2.0
import Clinical

/// The pathway that comes with the program, read once: nearly every test asks for it, and it never changes.
enum TestPathway {
    private static let loaded = Result { try Pathway.calfTear() }

    static func calfTear() throws -> Pathway { try loaded.get() }
}
