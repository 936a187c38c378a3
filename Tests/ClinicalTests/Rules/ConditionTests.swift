// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

/// Three facts: `y` is yes, `n` is no, `u` is unsure.
private let facts: Answers = ["y": "yes", "n": "no", "u": "unsure", "three": 3]

private func yes(_ id: FactID) -> Condition { .word(id, ["yes"]) }

private let unknown = Verdict.unknown(missing: ["u"])

@Suite("Conditions over what may be unknown") struct ConditionTests {
    @Test(
        "'All' and 'any' follow Kleene: the deciding part decides, else unknown stays unknown",
        arguments: [
            ("y", "y", Verdict.met, Verdict.met), ("y", "n", .notMet, .met), ("y", "u", unknown, .met),
            ("n", "n", .notMet, .notMet), ("n", "u", .notMet, unknown), ("u", "u", unknown, unknown)
        ] as [(FactID, FactID, Verdict, Verdict)])
    func kleene(left: FactID, right: FactID, all: Verdict, any: Verdict) {
        for parts in [[yes(left), yes(right)], [yes(right), yes(left)]] {
            #expect(Condition.all(parts).verdict(on: facts) == all)
            #expect(Condition.any(parts).verdict(on: facts) == any)
        }
    }

    @Test(
        "'Not' turns yes and no round and leaves unknown; 'unless certain' counts unknown as the careful answer",
        arguments: [
            ("y", Verdict.notMet, Verdict.notMet), ("n", .met, .met), ("u", unknown, .met),
            ("never_asked", .unknown(missing: ["never_asked"]), .met)
        ] as [(FactID, Verdict, Verdict)])
    func not(id: FactID, not: Verdict, unlessCertain: Verdict) {
        #expect(Condition.not(yes(id)).verdict(on: facts) == not)
        #expect(Condition.unlessCertain(yes(id)).verdict(on: facts) == unlessCertain)
    }

    @Test(
        "'At least two of' is decided as soon as the open ones cannot change it",
        arguments: [
            (["y", "y", "n"], Verdict.met), (["y", "n", "n"], .notMet), (["y", "u", "n"], unknown),
            (["n", "n", "u"], .notMet), (["y", "y", "u"], .met), (["u", "u", "n"], unknown)
        ] as [([FactID], Verdict)])
    func atLeast(ids: [FactID], expected: Verdict) {
        #expect(Condition.atLeast(2, ids.map(yes)).verdict(on: facts) == expected)
    }

    @Test(
        "A number compares exactly on its limit",
        arguments: [
            (Condition.Comparison.atLeast, 3.0, true), (.atLeast, 3.01, false), (.atMost, 3, true),
            (.atMost, 2.99, false), (.above, 3, false), (.above, 2.99, true), (.below, 3, false),
            (.below, 3.01, true)
        ])
    func numbers(comparison: Condition.Comparison, limit: Double, holds: Bool) {
        #expect(Condition.number("three", comparison, limit).verdict(on: facts) == (holds ? .met : .notMet))
        #expect(Condition.number("u", comparison, limit).verdict(on: facts) == unknown)
        // A word where a number is asked is not a zero.
        #expect(Condition.number("y", comparison, limit).verdict(on: facts).isUnknown)
    }

    @Test("Unknown names everything that would settle it")
    func missing() {
        let condition = Condition.all([yes("y"), .any([yes("u"), yes("v")]), .not(yes("w"))])
        #expect(condition.verdict(on: facts) == .unknown(missing: ["u", "v", "w"]))
        #expect(condition.facts == ["y", "u", "v", "w"])
    }

    @Test("'Why' names only the answers that made it hold")
    func supporting() {
        let condition = Condition.any([yes("n"), .all([yes("y"), .number("three", .atLeast, 3)]), yes("u")])
        #expect(condition.supporting(facts) == ["y", "three"])
    }
}
