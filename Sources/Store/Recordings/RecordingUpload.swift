// SPDX-License-Identifier: Apache-2.0
package import Clinical
package import Foundation

/// A raw recording as it is announced: what its bytes must turn out to be, and what it is of.
package struct RecordingUpload: Hashable, Sendable {
    package let episode: Episode.ID
    /// SHA-256 of the bytes as they come, lower-case hex.
    package let hash: String
    package let bytes: Int
    /// The analysis that it was made for: `heel-raise`, `gait`, ….
    package let kind: String
    package let placement: String
    package let side: Side?
    /// Samples per second, as the phone counted them.
    package let rateHz: Double
    package let uploadedBy: Person.ID

    package init(
        episode: Episode.ID, hash: String, bytes: Int, kind: String, placement: String, side: Side?,
        rateHz: Double, uploadedBy: Person.ID
    ) {
        self.episode = episode
        self.hash = hash
        self.bytes = bytes
        self.kind = kind
        self.placement = placement
        self.side = side
        self.rateHz = rateHz
        self.uploadedBy = uploadedBy
    }
}

/// How far a recording has come.
package struct RecordingProgress: Hashable, Sendable {
    /// The next piece begins here.
    package let received: Int
    package let bytes: Int
    /// All is there and is what its hash says.
    package let isFinished: Bool
}

/// A recording that is there whole.
package struct StoredRecording: Hashable, Sendable {
    package let upload: RecordingUpload
    package let at: Date
}

/// Why a recording or a piece of one is not taken.
package enum RecordingRefusal: Error, Hashable, Sendable {
    /// The hash is no SHA-256 in lower-case hex, or a length is out of range.
    case malformed(String)
    /// No such recording was announced, or it was given up since.
    case unknown
    /// The piece does not begin where the last one ended.
    case gap(received: Int)
    /// The same hash was announced with another length.
    case length(announced: Int)
    /// Not all pieces have come.
    case incomplete(received: Int, bytes: Int)
    /// The bytes are not those of the hash; nothing of them was kept.
    case wrongHash
    /// So many recordings of this chart are on their way at once.
    case tooMany(Int)
    /// What is kept no longer fits its hash.
    case damaged
}
