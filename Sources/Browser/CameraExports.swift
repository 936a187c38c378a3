// SPDX-License-Identifier: Apache-2.0
import Motion

/// A video that runs in the page.
final class CameraSession {
    var tracker: CameraHeelRaise
    /// A track as it is sent, with the digits that are written down.
    var points: CameraTrack
    private(set) var pixels: UnsafeMutablePointer<UInt8>
    private(set) var capacity = 0
    private(set) var output: UnsafeMutablePointer<Double>
    private var outputCapacity = 64

    init(_ tracker: CameraHeelRaise) {
        self.tracker = tracker
        points = CameraTrack(stickerDiameter: tracker.track.stickerDiameter)
        pixels = .allocate(capacity: 16)
        output = .allocate(capacity: outputCapacity)
        output.initialize(repeating: 0, count: outputCapacity)
    }

    deinit {
        pixels.deallocate()
        output.deallocate()
    }

    func reserve(_ bytes: Int) -> UnsafeMutablePointer<UInt8> {
        if bytes > capacity {
            pixels.deallocate()
            pixels = .allocate(capacity: bytes)
            pixels.initialize(repeating: 0, count: bytes)
            capacity = bytes
        }
        return pixels
    }

    func put(_ values: [Double]) {
        if values.count > outputCapacity {
            output.deallocate()
            outputCapacity = values.count
            output = .allocate(capacity: outputCapacity)
            output.initialize(repeating: 0, count: outputCapacity)
        }
        for index in values.indices { output[index] = values[index] }
    }

    func answer(_ result: HeelRaiseResult) -> Int32 {
        var encoder = Encoder()
        encoder.write(result)
        put(encoder.values)
        return Int32(encoder.values.count)
    }
}

private func camera(_ handle: Handle) -> CameraSession {
    Unmanaged<CameraSession>.fromOpaque(handle).takeUnretainedValue()
}

/// The sticker's diameter in mm; where it was tapped and about how large it is, in pixels.
@c(soleus_camera_start)
public func startCamera(_ diameter: Double, _ x: Double, _ y: Double, _ radius: Double) -> Handle {
    Unmanaged.passRetained(
        CameraSession(CameraHeelRaise(stickerDiameter: diameter, x: x, y: y, radius: radius))
    ).toOpaque()
}

@c(soleus_camera_stop) public func stopCamera(_ handle: Handle) {
    Unmanaged<CameraSession>.fromOpaque(handle).release()
}

/// Where the page puts a frame of so many bytes: red, green, blue, opacity.
@c(soleus_camera_pixels) public func cameraPixels(_ handle: Handle, _ bytes: Int32)
    -> UnsafeMutablePointer<UInt8>
{
    camera(handle).reserve(max(Int(bytes), 0))
}

/// Takes the frame in the pixels; 1 if the sticker was found.
///
/// The output then holds its x, y, diameter and roundness.
@c(soleus_camera_append)
public func appendFrame(_ handle: Handle, _ width: Int32, _ height: Int32, _ seconds: Double) -> Int32 {
    let camera = camera(handle)
    let bytes = Int(width) * Int(height) * 4
    guard width > 0, height > 0, bytes <= camera.capacity else { return 0 }
    let rgba = Array(UnsafeBufferPointer(start: camera.pixels, count: bytes))
    guard let frame = Frame(width: Int(width), height: Int(height), rgba: rgba),
        let sticker = camera.tracker.append(frame, at: seconds)
    else { return 0 }
    camera.put([sticker.x, sticker.y, sticker.diameter, sticker.roundness])
    return 1
}

@c(soleus_camera_output) public func cameraOutput(_ handle: Handle) -> UnsafeMutablePointer<Double> {
    camera(handle).output
}

/// Takes one frame of a track that was written down; NaN where the sticker was lost.
@c(soleus_camera_point)
public func appendPoint(_ handle: Handle, _ seconds: Double, _ x: Double, _ y: Double, _ diameter: Double) {
    camera(handle).points.append(seconds, x: x, y: y, diameter: diameter)
}

/// Puts what the frames show into the output; how many numbers there are.
@c(soleus_camera_live) public func cameraLive(_ handle: Handle) -> Int32 {
    camera(handle).answer(camera(handle).tracker.track.heelRaises())
}

/// Puts what the written track shows into the output; how many numbers there are.
@c(soleus_camera_result) public func cameraResult(_ handle: Handle, _ mass: Double) -> Int32 {
    camera(handle).answer(camera(handle).points.heelRaises(mass: known(mass)))
}
