// SPDX-License-Identifier: Apache-2.0
public import Motion

/// One recording that runs in the page, what looks at it live, and the numbers on their way to JavaScript.
///
/// The page holds it as a pointer. It asks for all its memory at the start, for a quarter of an hour of samples.
public final class Session {
    /// Numbers a sample: seconds, three of acceleration, three of rotation.
    static let columns = 7
    /// Samples that cross at a time, and in all.
    static let block = 600
    static let most = 54_000

    let input: UnsafeMutablePointer<Double>
    private(set) var output: UnsafeMutablePointer<Double>
    private var capacity = 4096
    public private(set) var recording: Recording
    private var watcher: Watcher?

    public init(hasRotation: Bool) {
        input = .allocate(capacity: Self.block * Self.columns)
        input.initialize(repeating: 0, count: Self.block * Self.columns)
        output = .allocate(capacity: capacity)
        output.initialize(repeating: 0, count: capacity)
        recording = Recording(time: [], acceleration: Axes(), rotation: hasRotation ? Axes() : nil)
        recording.time.reserveCapacity(Self.most)
        recording.acceleration.reserve(Self.most)
        recording.rotation?.reserve(Self.most)
        Self.warm()
    }

    /// Asks for blocks of every size that a quarter of an hour needs, and gives them back, so that a session does
    /// not ask for more memory while it runs.
    ///
    /// Looking at the last half minute holds up to 41 blocks of one size at a time, as counted; the larger ones are
    /// for lists of some hundred repetitions.
    private static func warm() {
        for order in 5...18 { warm(order, blocks: order < 17 ? 48 : 8) }
    }

    /// The same for blocks of one size, which is 2 to the power of `order` in bytes.
    static func warm(_ order: Int, blocks: Int = 1) {
        var held: [UnsafeMutableRawPointer] = []
        for _ in 0..<blocks { held.append(.allocate(byteCount: (1 << order) - 16, alignment: 16)) }
        for block in held { block.deallocate() }
    }

    deinit {
        input.deallocate()
        output.deallocate()
    }

    func watch(_ watcher: Watcher) { self.watcher = watcher }

    /// Takes the first samples of the input; false when no more fit.
    func append(_ count: Int) -> Bool {
        for row in 0..<min(count, Self.block) {
            guard recording.count < Self.most else { return false }
            let at = row * Self.columns
            append(
                time: input[at], force: Vector(input[at + 1], input[at + 2], input[at + 3]),
                turn: Vector(input[at + 4], input[at + 5], input[at + 6]))
        }
        return true
    }

    public func append(time: Double, force: Vector, turn: Vector) {
        recording.time.append(time)
        recording.acceleration.append(force)
        recording.rotation?.append(turn)
        watcher?.append(time, force, turn)
    }

    /// What the page shows meanwhile: a count or the seconds held, and the latest figure of its kind.
    var count: Double { watcher?.count ?? .nan }
    var figure: Double { watcher?.figure ?? .nan }

    /// Puts a result into the output, or the facts of an error.
    ///
    /// - Parameter write: What the recording says, in the order of the page.
    /// - Returns: How many numbers there are, below zero if they are an error's.
    func answer(_ write: (Recording, inout Encoder) throws(SignalError) -> Void) -> Int32 {
        var encoder = Encoder()
        do {
            try write(recording, &encoder)
            put(encoder.values)
            return Int32(encoder.values.count)
        } catch {
            encoder = Encoder()
            encoder.write(error)
            put(encoder.values)
            return -Int32(encoder.values.count)
        }
    }

    private func put(_ values: [Double]) {
        if values.count > capacity {
            output.deallocate()
            capacity = values.count
            output = .allocate(capacity: capacity)
            output.initialize(repeating: 0, count: capacity)
        }
        for index in values.indices { output[index] = values[index] }
    }
}
