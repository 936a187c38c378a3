// SPDX-License-Identifier: Apache-2.0
public import Motion

// The order of each result's numbers; motion.js has the same.

extension Encoder {
    mutating func write(_ raise: HeelRaise) {
        write(raise.start)
        write(raise.top)
        write(raise.end)
        write(raise.heightCentimetres)
        write(raise.rangeDegrees)
    }

    public mutating func write(_ result: HeelRaiseResult) {
        write(result.method)
        write(result.quality)
        write(result.end)
        write(result.displacementCentimetres)
        write(result.peakHeightCentimetres)
        write(result.workJoules)
        write(result.powerWatts)
        write(result.fatiguePercent)
        write(result.slopeCentimetres)
        write(result.cycleSeconds)
        write(result.tempoErrorSeconds)
        write(result.upToDown)
        write(result.repetitions.count)
        for raise in result.repetitions { write(raise) }
        write(result.rejected.count)
        for rejected in result.rejected {
            write(rejected.start)
            write(rejected.end)
            write(rejected.because)
        }
    }

    public mutating func write(_ result: AnkleResult) {
        write(result.method)
        write(result.quality)
        write(result.task)
        write(result.angleDegrees)
        write(result.spreadDegrees)
        write(result.isAlongShin.map { $0 ? 1 : 0 } ?? -1)
        write(result.cycles.count)
        for cycle in result.cycles {
            write(cycle.start)
            write(cycle.end)
            write(cycle.rangeDegrees)
            write(cycle.direction.map { $0 == .clockwise ? 0 : 1 } ?? -1)
        }
    }

    public mutating func write(_ result: BalanceResult) {
        write(result.method)
        write(result.quality)
        write(result.heldSeconds)
        write(result.isLost)
        write(result.rmsMetresPerSecondSquared)
        write(result.rmsDegrees)
        write(result.pathDegrees)
        write(result.ellipseSquareDegrees)
        write(result.jerk)
        write(result.rmsCentimetres)
        write(result.isTooStill)
    }

    public mutating func write(_ result: HopResult) {
        write(result.method)
        write(result.quality)
        write(result.reactiveStrength)
        write(result.bestHeightCentimetres)
        write(result.flights.count)
        for flight in result.flights {
            write(flight.takeoff)
            write(flight.landing)
            write(flight.contactSeconds)
            write(flight.heightCentimetres)
            write(flight.reactiveStrength)
            write(flight.isSoft.map { $0 ? 1 : 0 } ?? -1)
        }
    }

    public mutating func write(_ result: TurnResult) {
        write(result.method)
        write(result.quality)
        write(result.peakLeftDegreesPerSecond)
        write(result.peakRightDegreesPerSecond)
        write(result.turns.count)
        for turn in result.turns {
            write(turn.start)
            write(turn.end)
            write(turn.angleDegrees)
            write(turn.peakDegreesPerSecond)
        }
    }

    public mutating func write(_ result: ReactionResult) {
        write(result.method)
        write(result.quality)
        write(result.medianSeconds)
        write(result.spreadSeconds)
        write(result.falseStarts)
        write(result.responses.count)
        for response in result.responses {
            write(response.seconds)
            write(response.isFalseStart)
            write(response.directionDegrees ?? .nan)
        }
    }
}
