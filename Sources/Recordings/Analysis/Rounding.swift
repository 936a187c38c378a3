// SPDX-License-Identifier: Apache-2.0

func tenths(_ value: Double) -> String { rounded(value, digits: 1) }
func hundredths(_ value: Double) -> String { rounded(value, digits: 2) }

/// A number with so many digits behind the point.
func rounded(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "–" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * scale).rounded())
    let text = String(whole.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    let sign = whole < 0 ? "-" : ""
    return digits == 0 ? sign + text : "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
}
