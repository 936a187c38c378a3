// SPDX-License-Identifier: Apache-2.0
// Measures the calf lab: its targets on the recordings beside the project, its speed, and the numbers of every
// fixture for a comparison with the browser's. Called by scripts/bench-lab and Tests/Browser/test_motion.py.

let usage = """
    usage: LabBench targets [--seeds N] [--threads N] [--only TARGET] | speed | fixtures
      --seeds    simulated phones per recording, 20 if not said; 200 are those of the targets
      --threads  recordings worked on at a time, 2 if not said
      --only     one of the twelve targets
    """

var settings: [String: Int] = ["--seeds": 20, "--threads": 2, "--only": 0]
var words = CommandLine.arguments.dropFirst()
let command = words.popFirst()
var isUnderstood = true
while let name = words.popFirst() {
    guard command == "targets", settings[name] != nil, let number = words.popFirst().flatMap({ Int($0) }),
        number > 0
    else {
        isUnderstood = false
        break
    }
    settings[name] = number
}

switch (isUnderstood, command) {
case (true, "fixtures"): Fixtures.printAll()
case (true, "speed"): Speed.printAll()
case (true, "targets"):
    let bench = Bench(seeds: settings["--seeds"] ?? 1, threads: settings["--threads"] ?? 1)
    try await Targets.printAll(bench, only: settings["--only"] == 0 ? nil : settings["--only"])
default: print(usage)
}
