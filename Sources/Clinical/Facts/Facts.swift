// SPDX-License-Identifier: Apache-2.0

/// What is known, by name.
///
/// `nil` means unknown, and unknown is never "no".
public protocol Facts {
    func word(_ id: FactID) -> String?
    func number(_ id: FactID) -> Double?
}
