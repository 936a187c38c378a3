// SPDX-License-Identifier: Apache-2.0
// In place of Motion's own weights: those of a file that scripts/train-gait --each wrote, named by the
// environment. So one program scores each person with weights that never saw that person.
import Foundation

extension WaistTemplate {
    static let fullInitial = loaded(0)
    static let fullFinal = loaded(1)
    static let accelerationOnlyInitial = loaded(2)
    static let accelerationOnlyFinal = loaded(3)

    private static func loaded(_ line: Int) -> WaistTemplate {
        let path = ProcessInfo.processInfo.environment["GAIT_WEIGHTS"] ?? ""
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            FileHandle.standardError.write(Data("GAIT_WEIGHTS: no weights at '\(path)'\n".utf8))
            exit(1)
        }
        let numbers = text.split(whereSeparator: \.isNewline)[line].split(separator: " ").compactMap { Float($0) }
        return WaistTemplate(offset: numbers[0], weights: Array(numbers.dropFirst()))
    }
}
