// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("The camera") struct CameraTests {
    private func follow(_ video: StickerVideo, hidden: Range<Int> = 0..<0) -> CameraResult {
        let start = video.centre(0)
        var camera = CameraHeelRaise(
            stickerDiameter: video.stickerDiameter, x: start.x + 3, y: start.y - 3, radius: 10)
        let blank = Frame(
            width: video.width, height: video.height,
            grey: [UInt8](repeating: 100, count: video.width * video.height))
        for number in 0..<video.frameCount {
            guard let frame = hidden.contains(number) ? blank : video.frame(number) else { continue }
            _ = camera.append(frame, at: video.seconds(number))
        }
        return camera.result()
    }

    /// Small and short, for the debug build.
    private var video: StickerVideo {
        var video = StickerVideo()
        (video.width, video.height, video.raises) = (160, 220, [6, 8])
        return video
    }

    @Test("follows a light and a dark sticker within half a millimetre", arguments: [230.0, 20])
    func height(brightness: Double) throws {
        var video = video
        video.sticker = brightness
        let result = follow(video)
        #expect(result.lost == 0)
        #expect(result.count == 2)
        var squares = 0.0
        for number in 0..<video.frameCount {
            let error = (result.heightCentimetres[number] - video.trueHeight(number)) * 10
            squares += error * error
        }
        #expect((squares / Double(video.frameCount)).squareRoot() < 0.5)
        #expect(abs((result.millimetresPerPixel.value ?? 0) - 0.7) < 0.01)
        for (raise, truth) in zip(result.repetitions, video.raises) {
            #expect(abs((raise.heightCentimetres.value ?? 0) - truth) < 0.15)
        }
    }

    @Test("finds the sticker again after it was hidden, and says how often it was not there")
    func hidden() {
        let result = follow(video, hidden: 10..<16)
        #expect(result.lost == 6)
        #expect(result.count == 2)
    }

    @Test(
        "touched at or beyond the edge of the picture finds nothing, and goes on",
        arguments: [(0.0, 0.0), (159, 219), (2, 110), (-40, 5000), (.nan, 3)])
    func edge(x: Double, y: Double) {
        var camera = CameraHeelRaise(stickerDiameter: 20, x: x, y: y, radius: 12)
        for number in 0..<8 {
            guard let frame = video.frame(number) else { continue }
            #expect(camera.append(frame, at: video.seconds(number)) == nil)
        }
        #expect(camera.result().lost == 8)
    }

    @Test("that sees no sticker says so")
    func nothing() {
        let result = follow(video, hidden: 0..<video.frameCount)
        #expect(result.count == 0)
        #expect(result.millimetresPerPixel == .missing(.notFound))
        #expect(Frame(width: 10, height: 10, grey: [1, 2]) == nil)
        #expect(Frame(width: 0, height: 0, rgba: []) == nil)
    }
}
