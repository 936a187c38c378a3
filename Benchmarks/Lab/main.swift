// SPDX-License-Identifier: Apache-2.0
// Measures the calf lab: its targets on the recordings beside the project, its speed, and the numbers of every
// fixture for a comparison with the browser's. Called by scripts/bench-lab and Tests/Browser/test_motion.py.

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "fixtures": Fixtures.printAll()
case "speed": Speed.printAll()
case "targets": try Targets.printAll(seeds: arguments.dropFirst().first.flatMap { Int($0) } ?? 20)
default: print("usage: LabBench targets [SEEDS] | speed | fixtures")
}
