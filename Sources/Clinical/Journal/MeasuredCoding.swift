// SPDX-License-Identifier: Apache-2.0

/// How a measurement is kept: `results` only where there are any, so that charts from before read and write alike.
extension Measured {
    private enum CodingKeys: String, CodingKey {
        case values, note, results
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        values = try container.decode([FactID: Double].self, forKey: .values)
        note = try container.decode(String.self, forKey: .note)
        results = try container.decodeIfPresent([MeasuredValue].self, forKey: .results) ?? []
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(values, forKey: .values)
        try container.encode(note, forKey: .note)
        if !results.isEmpty { try container.encode(results, forKey: .results) }
    }
}
