// SPDX-License-Identifier: Apache-2.0
// Any bytes, as any file: read or refused, never a crash. Built together with Sources/Recordings by
// scripts/fuzz, as one module with Motion's recording types, so that libFuzzer sees every branch.

/// One input: the first byte says how the rest is named and parted into files.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRecordings(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first else { return 0 }
    let names = [
        "a.csv", "Accelerometer.csv", "TotalAcceleration.csv", "Gyroscope.csv", "a.zip", "Metadata.csv"
    ]
    var reader = RecordingReader()
    reader.limits.bytes = 1 << 20
    reader.limits.samples = 1 << 14
    let rest = Array(bytes.dropFirst())
    var files = [RecordingFile(name: names[Int(first) % names.count], bytes: rest)]
    if first & 0x80 != 0 {
        // Two files, parted in the middle.
        let middle = rest.count / 2
        files = [
            RecordingFile(name: names[Int(first) % names.count], bytes: Array(rest[..<middle])),
            RecordingFile(name: names[Int(first >> 3) % names.count], bytes: Array(rest[middle...]))
        ]
    }
    do {
        let read = try reader.read(files)
        let recording = read.recording
        precondition(recording.time.count == recording.acceleration.count)
        precondition(zip(recording.time, recording.time.dropFirst()).allSatisfy { $0 < $1 })
        precondition(recording.acceleration.x.allSatisfy(\.isFinite))
        precondition(recording.rotation.map { $0.count == recording.count } ?? true)
        for sample in recording.time.indices { precondition(read.line(ofSample: sample) ?? 0 > 1) }
    } catch {
        precondition(!error.description.isEmpty && error.description.utf8.count < 2000)
    }
    return 0
}
