// SPDX-License-Identifier: Apache-2.0
// Fits the waist templates by ridge regression: what a right foot's contact looks like in the signals around it.
// A left foot's is the same with the mirrored signals turned over, so that the two halves of the problem, what
// is alike and what is mirrored, part into two systems of equations.
//
// training FOLDER [PERSON,…]      writes the source of the templates, without these people, to standard output
// training FOLDER --each TARGET   writes the numbers of each person's templates, without that person, to TARGET
import Foundation

let folder = CommandLine.arguments[1]
let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
/// What each person adds to the equations.
var people: [Person] = []
var random = Random()
for name in names where name.hasSuffix(".json") {
    let stem = String(name.dropLast(5))
    let person = String(stem.prefix { $0 != "_" })
    // Each person weighs the same, however many recordings there are.
    let recordings = names.filter { $0.hasPrefix(person + "_") && $0.hasSuffix(".json") }.count
    if people.last?.name != person { people.append(Person(name: person)) }
    for walk in try trainingWalks(folder: folder, stem: stem) {
        let share = walk.isOverground ? 1 : 2 / Double(recordings)
        let copies = walk.isOverground ? 8 : 5
        for copy in 0...copies {
            let motion = copy == 0 ? walk.motion : walk.disturbed(by: &random)
            let stretch = copy == 0 ? 1 : Math.exp(0.08 * random.normal())
            people[people.count - 1].fits.add(walk, motion, stretch: stretch, share: share)
        }
    }
    FileHandle.standardError.write(Data("\(stem)\n".utf8))
}

if CommandLine.arguments[2] == "--each" {
    for person in people {
        let lines = Fits(people, without: [person.name]).templates.map { template in
            let (alike, mirrored) = template.weights
            return ([alike[75]] + taps(alike, mirrored).flatMap { $0 }).map { "\($0)" }.joined(separator: " ")
        }
        let file = "\(CommandLine.arguments[3])/\(person.name).txt"
        try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    }
    exit(0)
}
print("// SPDX-License-Identifier: Apache-2.0\n\n// Written by scripts/train-gait; edit nothing here.\n")
print("/// What a foot that comes down, or leaves the ground, looks like at the waist.")
print("extension WaistTemplate {")
let without = CommandLine.arguments[2].split(separator: ",").map(String.init)
for (index, template) in Fits(people, without: without).templates.enumerated() {
    if index > 0 { print("") }
    write(template.name, template.weights)
}
print("}")

struct Person {
    let name: String
    var fits = Fits()
}

/// Of feet that come down and of feet that leave, with a gyroscope and without.
struct Fits {
    private var all = (0..<4).map { _ in Normal() }
    private static let names = [
        "fullInitial", "fullFinal", "accelerationOnlyInitial", "accelerationOnlyFinal"
    ]

    init() {}

    init(_ people: [Person], without: [String]) {
        for person in people where !without.contains(where: { person.name.hasPrefix($0) }) {
            for index in all.indices { all[index].add(person.fits.all[index]) }
        }
    }

    mutating func add(_ walk: TrainingWalk, _ motion: BodyMotion, stretch: Double, share: Double) {
        for index in all.indices {
            let seen = index < 2 ? motion : motion.withoutRotation
            all[index].add(walk, seen, finals: index % 2 == 1, stretch: stretch, share: share)
        }
    }

    /// In the order in which they are written.
    var templates: [(name: String, weights: (alike: [Double], mirrored: [Double]))] {
        zip(Self.names, all).map { ($0, $1.solution) }
    }
}

extension Normal {
    /// One row for every 30 ms in which the reference says what was.
    mutating func add(
        _ walk: TrainingWalk, _ motion: BodyMotion, finals: Bool, stretch: Double, share: Double
    ) {
        let samples = NormalizedMotion(motion).samples
        for index in stride(from: 0, to: samples.count, by: 3) {
            let weight = share * walk.weight(at: Double(index), finals: finals)
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
            add(
                alike: alike + [1], mirrored: mirrored,
                right: bump(finals ? walk.finalRight : walk.initialRight),
                left: bump(finals ? walk.finalLeft : walk.initialLeft), weight: weight)
        }
    }
}

/// Six numbers a tap: what is alike, then what is mirrored.
func taps(_ alike: [Double], _ mirrored: [Double]) -> [[Double]] {
    (0..<WaistTemplate.count).map { tap in
        Array(alike[(3 * tap)..<(3 * tap + 3)] + mirrored[(3 * tap)..<(3 * tap + 3)])
    }
}

func write(_ name: String, _ solution: (alike: [Double], mirrored: [Double])) {
    func text(_ value: Double) -> String { value == 0 ? "0" : String(format: "%.4f", value) }
    print("    static let \(name) = WaistTemplate(")
    print("        offset: \(text(solution.alike[75])),")
    print("        weights: [")
    for (tap, row) in taps(solution.alike, solution.mirrored).enumerated() {
        let end = tap + 1 < WaistTemplate.count ? "," : ""
        print("            " + row.map(text).joined(separator: ", ") + end)
    }
    print("        ])")
}
