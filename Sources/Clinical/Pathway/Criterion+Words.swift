// SPDX-License-Identifier: Apache-2.0

extension Criterion {
    /// What must hold, in words, with its number.
    public func text(_ words: Words) -> String {
        words("criterion.\(id)", ["limit": limit.map { $0.value.plain } ?? ""])
    }
}

extension Double {
    /// Without a decimal point where it is whole, else with at most two digits after it.
    public var plain: String {
        guard abs(self) < 1e15 else { return String(self) }
        if self == rounded() { return String(Int(self)) }
        let hundredths = Int((self * 100).rounded())
        let text = String(Double(hundredths) / 100)
        return text
    }
}
