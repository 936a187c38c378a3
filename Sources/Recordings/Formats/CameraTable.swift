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
        let head = try TableHead(file.bytes.span, file: file.name, limits: limits)
        guard head.names == CameraTable.columns else {
            throw ReadingProblem(
                file: file.name, line: 1,
                problem: "is no camera's track; expected \(CameraTable.columns.joined(separator: ","))")
        }
        let body = try TableBody(
            file.bytes.span, head: head, wanted: Array(head.names.indices), limits: limits)
        return TrackRead(track: try track(body, file.name), file: file.name)
    }

    private func track(_ body: TableBody, _ file: String) throws(ReadingProblem) -> CameraTrack {
        func problem(_ row: Int, _ text: String) -> ReadingProblem {
            ReadingProblem(file: file, line: body.line(of: row), problem: text)
        }
        let (time, size) = (body.columns[0], body.columns[4])
        guard let first = size.first else {
            throw ReadingProblem(file: file, problem: "holds no frames below its line of names")
        }
        guard body.count <= CameraTrack.most else {
            throw ReadingProblem(file: file, problem: "has more than \(CameraTrack.most) frames")
        }
        guard CameraTable.sticker.contains(first) else {
            throw problem(0, "the sticker measures \(first) mm; expected 5 to 200")
        }
        var track = CameraTrack(stickerDiameter: first)
        for row in 0..<body.count {
            guard size[row] == first else { throw problem(row, "the sticker changes its size") }
            guard time[row].isFinite else { throw problem(row, "has no number for 't_s'") }
            guard track.takes(time[row]) else {
                throw problem(row, "time stands still or runs backwards here")
            }
            let (x, y, diameter) = (body.columns[1][row], body.columns[2][row], body.columns[3][row])
            let isLost = x.isNaN && y.isNaN && diameter.isNaN
            guard isLost || (x.isFinite && y.isFinite && diameter.isFinite && diameter > 0) else {
                throw problem(row, "expected three numbers for the sticker, or none where it was lost")
            }
            track.append(time[row], x: x, y: y, diameter: diameter)
        }
        return track
    }
}
