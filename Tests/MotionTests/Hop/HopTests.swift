// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("Hops") struct HopTests {
    /// Body weights of repeated hops: half-sine pushes, and nothing in between.
    private func hops(_ count: Int, contact: Double, flight: Double) -> Movement {
        let rate = 1000.0
        // A push carries the weight of contact and flight.
        let peak = (contact + flight) / contact * Math.pi / 2
        var weights = [Double](repeating: 1, count: 2000)
        for hop in 0...count {
            for index in 0..<Int(contact * rate) {
                weights.append(peak * Math.sin(Math.pi * Double(index) / (contact * rate)))
            }
            if hop < count { weights += [Double](repeating: 0, count: Int(flight * rate)) }
        }
        weights += [Double](repeating: 1, count: 2000)
        let zero = [Double](repeating: 0, count: weights.count)
        var movement = Movement(
            start: 0, rate: rate, force: Axes(x: zero, y: zero, z: weights.map { $0 * 9.81 }),
            turn: Axes(x: zero, y: zero, z: zero))
        movement.hasTurn = false
        return movement
    }

    @Test(
        "repeated, are all seen, with flight and contact",
        arguments: [(5, 0.25, 0.35), (10, 0.3, 0.25), (1, 0.4, 0.5)])
    func repeated(count: Int, contact: Double, flight: Double) throws {
        for seed in 0..<3 {
            let result = try HopTest(placement: .waist).result(
                of: PhoneSimulation().record(hops(count, contact: contact, flight: flight), seed: seed))
            #expect(result.count == count)
            #expect(result.flights.first?.contactSeconds == .missing(.notFound))
            for hop in result.flights {
                #expect(abs(hop.seconds - flight) < 0.03)
                #expect(abs(hop.heightCentimetres - 9.80665 * hop.seconds * hop.seconds / 8 * 100) < 1e-9)
            }
            for hop in result.flights.dropFirst() {
                #expect(abs((hop.contactSeconds.value ?? 0) - contact) < 0.03)
            }
        }
    }

    @Test(
        "on force plates: flight within 3 ms on average and 8 ms spread",
        .enabled(if: SharedData.isThere, Comment(rawValue: SharedData.missing)))
    func recorded() throws {
        var errors: [Double] = []
        for jump in try PlateJump.all() {
            for seed in 0..<3 {
                let found = try HopTest(placement: .waist).result(
                    of: PhoneSimulation().record(jump.movement, seed: seed))
                #expect(found.count == jump.flights.count, "\(jump.set) \(jump.name)")
                for (flight, truth) in zip(found.flights, jump.flights) {
                    errors.append((flight.seconds - (truth.landing - truth.takeoff)) * 1000)
                }
            }
        }
        #expect(abs(Statistics.mean(errors)) < 3)
        #expect(Statistics.standardDeviation(errors) < 8)
    }

    @Test("are counted live as afterwards")
    func live() throws {
        let recording = PhoneSimulation().record(hops(10, contact: 0.3, flight: 0.3), seed: 1)
        var live = LiveHop(HopTest(placement: .waist))
        for index in 0..<recording.count {
            live.append(time: recording.time[index], force: recording.acceleration[index])
        }
        #expect(live.count == 10)
    }
}
