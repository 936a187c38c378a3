// SPDX-License-Identifier: Apache-2.0

/// A quiet standing trial of BMClab's data set: the plate's numbers and what its authors made of them.
public struct StandingTrial: Sendable {
    public let name: String
    public let isFoam: Bool
    /// m.
    public let height: Double
    /// cm.
    public let x: [Double]
    public let y: [Double]
    /// cm² and cm/s, the authors'.
    public let area: Double
    public let speed: Double

    private struct Listed: Decodable {
        var surface: String
        var height: String
        var area: String
        var speed: String

        private enum CodingKeys: String, CodingKey {
            case surface = "Surface"
            case height = "Height"
            case area = "COParea"
            case speed = "COPvelo"
        }
    }

    public var body: StandingBody {
        StandingBody(x: x.map { $0 / 100 }, y: y.map { $0 / 100 }, height: height)
    }

    /// All trials, in order of name.
    public static func all(_ most: Int = .max) throws -> [StandingTrial] {
        let listed = try SharedData.json("balance/bmclab-bds/trials.json", as: [String: Listed].self)
        return try listed.sorted { $0.key < $1.key }.prefix(most).compactMap { name, trial in
            let table = try SharedData.table("balance/bmclab-bds/\(name).csv.gz")
            guard let x = table["COPx_cm"], let y = table["COPy_cm"], let height = Double(trial.height),
                let area = Double(trial.area), let speed = Double(trial.speed)
            else { return nil }
            return StandingTrial(
                name: name, isFoam: trial.surface == "Foam", height: height / 100, x: x, y: y, area: area,
                speed: speed)
        }
    }

    /// A few bodies by name; none where the recordings are not.
    public static func some() -> [(String, StandingBody)] {
        ((try? all(4)) ?? []).map { ($0.name, $0.body) }
    }
}
