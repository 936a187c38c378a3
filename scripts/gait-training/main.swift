// SPDX-License-Identifier: Apache-2.0
// Fits the waist templates by ridge regression: what a right foot's contact looks like in the signals around it.
// A left foot's is the same with the mirrored signals turned over, so that the two halves of the problem, what
// is alike and what is mirrored, part into two systems of equations.
import Foundation

let folder = CommandLine.arguments[1]
let without = CommandLine.arguments[2].split(separator: ",").map(String.init)
let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
var random = Random()
var full = Normal()
var accelerationOnly = Normal()
for name in names where name.hasSuffix(".json") {
    let stem = String(name.dropLast(5))
    if without.contains(where: { stem.hasPrefix($0) }) { continue }
    // Each person weighs the same, however many recordings there are.
    let person = stem.prefix { $0 != "_" }
    let recordings = names.filter { $0.hasPrefix(person + "_") && $0.hasSuffix(".json") }.count
    for walk in try trainingWalks(folder: folder, stem: stem) {
        let share = walk.isOverground ? 1 : 2 / Double(recordings)
        let copies = walk.isOverground ? 8 : 5
        for copy in 0...copies {
            let motion = copy == 0 ? walk.motion : walk.disturbed(by: &random)
            let stretch = copy == 0 ? 1 : Math.exp(0.08 * random.normal())
            add(walk, motion, stretch: stretch, share: share, to: &full)
            add(walk, motion.withoutRotation, stretch: stretch, share: share, to: &accelerationOnly)
        }
    }
    FileHandle.standardError.write(Data("\(stem)\n".utf8))
}
print("// SPDX-License-Identifier: Apache-2.0\n\n// Written by scripts/train-gait; edit nothing here.\n")
print("/// What a foot that comes down, or leaves the ground, looks like at the waist.")
print("extension WaistTemplate {")
write("fullInitial", full.solution(output: 0))
print("")
write("fullFinal", full.solution(output: 1))
print("")
write("accelerationOnlyInitial", accelerationOnly.solution(output: 0))
print("")
write("accelerationOnlyFinal", accelerationOnly.solution(output: 1))
print("}")

/// One row for every 30 ms in which the reference says what was.
func add(_ walk: TrainingWalk, _ motion: BodyMotion, stretch: Double, share: Double, to normal: inout Normal)
{
    let samples = NormalizedMotion(motion).samples
    for index in stride(from: 0, to: samples.count, by: 3) {
        let weight = share * walk.weight(at: Double(index))
        guard weight > 0 else { continue }
        let step = walk.stepTime.at(Double(index)) * stretch
        var alike: [Double] = []
        var mirrored: [Double] = []
        for tap in 0..<WaistTemplate.count {
            let offset = (WaistTemplate.position(tap) * step * UniformSignal.rate).rounded()
            let sample = samples[min(max(index + Int(offset), 0), samples.count - 1)]
            for channel in 0..<3 {
                alike.append(Double(sample[channel]))
                mirrored.append(Double(sample[channel + 4]))
            }
        }
        let width = max(0.03, 0.07 * step) * UniformSignal.rate
        func bump(_ instants: [Double]) -> Double {
            var best = 0.0
            for instant in instants {
                let deviation = (Double(index) - instant) / width
                if deviation.magnitude < 5 { best = max(best, Math.exp(-deviation * deviation / 2)) }
            }
            return best
        }
        normal.add(
            alike: alike + [1], mirrored: mirrored,
            right: [bump(walk.initialRight), bump(walk.finalRight)],
            left: [bump(walk.initialLeft), bump(walk.finalLeft)], weight: weight)
    }
}

func write(_ name: String, _ solution: (alike: [Double], mirrored: [Double])) {
    func text(_ value: Double) -> String { value == 0 ? "0" : String(format: "%.4f", value) }
    print("    static let \(name) = WaistTemplate(")
    print("        offset: \(text(solution.alike[75])),")
    print("        weights: [")
    for tap in 0..<WaistTemplate.count {
        let row = solution.alike[(3 * tap)..<(3 * tap + 3)] + solution.mirrored[(3 * tap)..<(3 * tap + 3)]
        let end = tap + 1 < WaistTemplate.count ? "," : ""
        print("            " + row.map(text).joined(separator: ", ") + end)
    }
    print("        ])")
}
