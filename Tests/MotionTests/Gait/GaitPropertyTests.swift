// SPDX-License-Identifier: Apache-2.0
import Motion
import Testing

@Suite("The gait engine") struct GaitPropertyTests {
    @Test("does not ask how the sensor sits", arguments: 1...20)
    func rotation(seed: UInt64) throws {
        for walker in [WalkTests.limping, WalkTests.turning] {
            let recording = walker.recording()
            let straight = try GaitAnalysis(recording: recording, placement: .lowerBack).contacts
            let turned = try GaitAnalysis(recording: recording.turned(seed: seed), placement: .lowerBack)
                .contacts
            #expect(straight.count == turned.count)
            // A turned sensor rounds differently in the last place, which a hundredth of a sample covers.
            #expect(zip(straight, turned).allSatisfy { abs($0.time - $1.time) < 1e-4 && $0.side == $1.side })
        }
    }

    @Test("gives the same walk at any rate", arguments: [50.0, 60, 100, 128, 204.8, 400])
    func resampling(rate: Double) throws {
        let reference = try GaitAnalysis(recording: WalkTests.limping.recording(), placement: .lowerBack)
        let walk = try GaitAnalysis(
            recording: WalkTests.limping.recording(rate: rate, jitter: 0.2 / rate), placement: .lowerBack)
        #expect(walk.contacts.count == reference.contacts.count)
        #expect(
            zip(walk.contacts, reference.contacts).allSatisfy {
                abs($0.time - $1.time) < 0.03 && $0.side == $1.side
            })
    }

    @Test("moves with the clock")
    func clock() throws {
        let recording = WalkTests.steady.recording()
        var later = recording
        later.time = recording.time.map { $0 + 1_000_000 }
        let a = try GaitAnalysis(recording: recording, placement: .lowerBack).contacts
        let b = try GaitAnalysis(recording: later, placement: .lowerBack).contacts
        #expect(a.count == b.count)
        // A million seconds leave a double some 1e-10 s.
        #expect(zip(a, b).allSatisfy { abs($0.time + 1_000_000 - $1.time) < 1e-3 && $0.side == $1.side })
    }

    @Test("gives slower time as slower steps", arguments: [0.8, 1.25])
    func timeScale(factor: Double) throws {
        var recording = WalkTests.steady.recording()
        let before = try #require(
            GaitAnalysis(recording: recording, placement: .lowerBack).summary.cadence.value)
        recording.time = recording.time.map { $0 * factor }
        let after = try #require(
            GaitAnalysis(recording: recording, placement: .lowerBack).summary.cadence.value)
        #expect(abs(after * factor - before) < 1)
    }

    @Test(
        "streams what it would have said of the whole",
        arguments: [Placement.lowerBack, .foot, .shin, .pocket])
    func stream(placement: Placement) throws {
        // What is handed out live changes nothing of what is settled.
        for (walker, isLive) in [(WalkTests.pausing, false), (WalkTests.steady, placement == .lowerBack)] {
            let recording = walker.recording(rate: 60, jitter: 0.004)
            var stream = GaitStream(placement: placement, side: .left, height: 1.7, isLive: isLive)
            for index in 0..<recording.count {
                try stream.append(
                    MotionSample(
                        time: recording.time[index], acceleration: recording.acceleration[index],
                        rotation: recording.rotation?[index]))
            }
            let whole = try GaitAnalysis(recording: recording, placement: placement, side: .left, height: 1.7)
            #expect(stream.finish() == whole)
        }
    }

    @Test("says the same where its blocks are analysed apart, the last one first", arguments: [0.0, 4])
    func blocksApart(pause: Double) throws {
        let walk = WalkTests.steady.recording()
        let length = walk.time[walk.count - 1] + pause
        var (apart, whole) = (
            GaitStream(placement: .lowerBack, height: 1.7, settling: .apart),
            GaitStream(placement: .lowerBack, height: 1.7)
        )
        var blocks: [GaitBlock] = []
        for round in 0..<9 {
            for index in 0..<walk.count {
                var sample = walk.sample(index)
                sample.time += Double(round) * (length + 0.01)
                try apart.append(sample)
                try whole.append(sample)
                blocks += apart.takeBlocks()
            }
        }
        #expect(blocks.count >= 2)
        #expect(apart.settled.contacts.isEmpty)
        let analysed = blocks.reversed().map { $0.analysed() }
        for block in analysed.reversed() { apart.settle(block) }
        let found = whole.finish()
        #expect(apart.finish() == found)
        #expect(found.contacts.count > 200)
    }

    @Test("knows a step and its side soon after it was made")
    func live() throws {
        let walker = WalkTests.steady
        let recording = walker.recording()
        var stream = GaitStream(placement: .lowerBack, isLive: true)
        var late: [Double] = []
        var right = 0
        for index in 0..<recording.count {
            let contacts = try stream.append(
                MotionSample(
                    time: recording.time[index], acceleration: recording.acceleration[index],
                    rotation: recording.rotation?[index]))
            for contact in contacts {
                late.append(recording.time[index] - contact.time)
                if walker.contacts.contains(where: {
                    abs($0.time - contact.time) < 0.1 && $0.side == contact.side
                }) {
                    right += 1
                }
            }
        }
        // The first steps are known with the third, which makes them a walk.
        #expect(right >= walker.contacts.count - 4)
        #expect(late.filter { $0 > 0.6 }.count <= 3, "\(late)")
    }

    @Test("hands out the same steps live where nothing that is settled is wanted, and keeps none of that")
    func unsettled() throws {
        let recording = WalkTests.pausing.recording()
        func live(_ settling: GaitStream.Settling) throws -> (contacts: [InitialContact], settled: Int) {
            var stream = GaitStream(placement: .lowerBack, isLive: true, liveEvery: 0.5, settling: settling)
            var contacts: [InitialContact] = []
            for index in 0..<recording.count { contacts += try stream.append(recording.sample(index)) }
            return (contacts, stream.finish().contacts.count)
        }
        let (both, alone) = (try live(.atOnce), try live(.never))
        #expect(both.contacts.count > 10 && both.settled > 10)
        #expect(alone.contacts == both.contacts)
        #expect(alone.settled == 0)
    }

    @Test("keeps no more of a long walk than it needs")
    func memory() throws {
        var stream = GaitStream(placement: .lowerBack)
        let recording = WalkTests.steady.recording()
        for round in 0..<12 {
            for index in 0..<recording.count {
                try stream.append(
                    MotionSample(
                        time: recording.time[index] + Double(round) * 24,
                        acceleration: recording.acceleration[index],
                        rotation: recording.rotation?[index]))
            }
            #expect(stream.keptSamples < 9000)
        }
        #expect(stream.takeSettled().contacts.count > 250)
        #expect(stream.settled.contacts.isEmpty)
    }
}
