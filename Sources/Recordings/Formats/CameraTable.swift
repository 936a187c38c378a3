// SPDX-License-Identifier: Apache-2.0
package import Motion

/// A camera's track: `t_s,x_px,y_px,diameter_px,sticker_mm`, a row for each frame, in s, pixels and mm.
///
/// The three in pixels are empty in a frame in which the sticker was lost; the sticker's own size is the scale.
enum CameraTable {
    static let columns = ["t_s", "x_px", "y_px", "diameter_px", "sticker_mm"]

    static func isTrack(_ head: TableHead) -> Bool { head.names.contains("diameter_px") }

    /// mm that a sticker may measure across: from a pea to a saucer.
    static let sticker = 5.0...200
}

extension RecordingReader {
    /// A track with how it was recognised.
    package struct TrackRead: Sendable {
        package let track: CameraTrack
        package let format = "Soleus camera track"
        package let file: String
    }

    /// Reads the track of a camera, also packed with gzip.
    ///
    /// - Throws: ``ReadingProblem`` with file, line and what was expected.
    package func track(_ files: [RecordingFile]) throws(ReadingProblem) -> TrackRead {
        let name = files.first?.name ?? "nothing"
        guard files.count == 1, let file = try unpacked(files[0]).first else {
            throw ReadingProblem(file: name, problem: "expected one table of a camera's track")
        }
        var rows = try TableRows(file, limits: limits)
        guard rows.head.names == CameraTable.columns else {
            throw ReadingProblem(
                file: file.name, line: 1,
                problem: "is no camera's track; expected \(CameraTable.columns.joined(separator: ","))")
        }
        rows.want(Array(rows.head.names.indices))
        return TrackRead(track: try track(&rows, file.name), file: file.name)
    }

    private func track(_ rows: inout TableRows, _ file: String) throws(ReadingProblem) -> CameraTrack {
        guard try rows.next() else {
            throw ReadingProblem(file: file, problem: "holds no frames below its line of names")
        }
        func problem(_ text: String) -> ReadingProblem {
            ReadingProblem(file: file, line: rows.line, problem: text)
        }
        let size = rows.row[4]
        guard CameraTable.sticker.contains(size) else {
            throw problem("the sticker measures \(size) mm; expected 5 to 200")
        }
        var track = CameraTrack(stickerDiameter: size)
        repeat {
            let (time, x, y, diameter) = (rows.row[0], rows.row[1], rows.row[2], rows.row[3])
            guard track.time.count < CameraTrack.most else {
                throw ReadingProblem(file: file, problem: "has more than \(CameraTrack.most) frames")
            }
            guard rows.row[4] == size else { throw problem("the sticker changes its size") }
            guard time.isFinite else { throw problem("has no number for 't_s'") }
            guard track.takes(time) else { throw problem("time stands still or runs backwards here") }
            let isLost = x.isNaN && y.isNaN && diameter.isNaN
            guard isLost || (x.isFinite && y.isFinite && diameter.isFinite && diameter > 0) else {
                throw problem("expected three numbers for the sticker, or none where it was lost")
            }
            track.append(time, x: x, y: y, diameter: diameter)
        } while try rows.next()
        return track
    }
}
