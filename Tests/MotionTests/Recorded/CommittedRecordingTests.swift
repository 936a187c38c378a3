// SPDX-License-Identifier: Apache-2.0
import LabData
import Motion
import Testing

@Suite("The recordings that come with the project") struct CommittedRecordingTests {
    @Test("hold a flight each, which a phone at the waist times within 20 ms", arguments: 0..<4)
    func flights(seed: Int) throws {
        for jump in try CommittedRecording.jumps() {
            for jitter in [PhoneSimulation.Jitter.stamps, .sampling] {
                var phone = PhoneSimulation()
                phone.jitter = jitter
                let result = try HopTest(placement: .waist).result(
                    of: phone.record(jump.movement, seed: seed))
                for flight in jump.flights {
                    let truth = flight.landing - flight.takeoff
                    let found = result.flights.first { abs($0.takeoff - flight.takeoff) < 0.1 }
                    // Two spreads and a half of what all shared jumps give.
                    #expect(abs((found?.seconds ?? 0) - truth) < 0.02, "\(jump.set), \(jitter)")
                }
            }
        }
    }

    @Test("tell a phone's clock by the edges of a jump", arguments: 0..<4)
    func clock(seed: Int) throws {
        for jump in try CommittedRecording.jumps() {
            var phone = PhoneSimulation()
            #expect(try PhoneClock().even(phone.record(jump.movement, seed: seed)).quality.stampTrust < 0.2)
            phone.jitter = .sampling
            #expect(try PhoneClock().even(phone.record(jump.movement, seed: seed)).quality.stampTrust > 0.8)
        }
    }

    @Test("hold no heel raise", arguments: [Placement.waist, .thigh, .chest])
    func none(placement: Placement) throws {
        let standing = try CommittedRecording.standing().movement
        for seed in 0..<4 {
            let recording = PhoneSimulation().record(standing, seed: seed)
            #expect(try HeelRaiseTest(placement: placement).result(of: recording).count == 0)
        }
    }

    @Test("sway as the plate says, within 5 %")
    func sway() throws {
        let body = try CommittedRecording.standing()
        var phone = PhoneSimulation()
        phone.turnNoise = 0.05
        let result = try BalanceTest(height: 1.575).result(of: phone.record(body.movement, seed: 1))
        #expect(abs((result.rmsDegrees.value ?? 0) / body.truth.degrees - 1) < 0.05)
        #expect(!result.isLost)
    }
}
