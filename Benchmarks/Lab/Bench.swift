// SPDX-License-Identifier: Apache-2.0
import LabData

/// How much is measured, and how much of it at a time.
struct Bench {
    /// Simulated phones per recording.
    let seeds: Int
    let threads: Int

    /// A phone by its number: every second one takes its samples late and early, the others only stamp them so.
    static func phone(_ seed: Int) -> PhoneSimulation {
        var phone = PhoneSimulation()
        phone.jitter = seed.isMultiple(of: 2) ? .stamps : .sampling
        return phone
    }

    /// Does the same to every input, some at a time; results in the order of the inputs.
    func each<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ work: @escaping @Sendable (Input) throws -> Output
    ) async throws -> [Output] {
        try await withThrowingTaskGroup(of: (Int, Output).self) { group in
            var results = [Output?](repeating: nil, count: inputs.count)
            for index in inputs.indices {
                if index >= threads, let (done, output) = try await group.next() { results[done] = output }
                let input = inputs[index]
                group.addTask { (index, try work(input)) }
            }
            for try await (done, output) in group { results[done] = output }
            return results.compactMap { $0 }
        }
    }
}
