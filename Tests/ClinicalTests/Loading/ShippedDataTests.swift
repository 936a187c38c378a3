// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Clinical

@Suite("The shipped data") struct ShippedDataTests {
    @Test("uses every citation that it lists, and lists every one that it uses")
    func citations() throws {
        let pathway = try calfTear()
        #expect(pathway.unusedCitations == [])
        for rule in pathway.screening {
            #expect(!rule.basis.sources.isEmpty)
            for source in rule.basis.sources { #expect(pathway.citations[source] != nil, "\(source)") }
        }
    }

    @Test("calls a proposal of this project a proposal")
    func proposals() throws {
        let own = Citation.ID(rawValue: "soleus-proposal")
        for rule in try calfTear().screening where rule.basis.sources == [own] {
            #expect(rule.basis.tag == .proposal, "\(rule.id)")
        }
    }

    @Test("has a word for every key that its own ids ask for, and no empty one")
    func words() throws {
        let pathway = try calfTear()
        let words = pathway.words(in: "en")
        for key in pathway.neededWords { #expect(words.has(key) && !words[key].isEmpty, "\(key)") }
    }

    @Test("never names a diagnosis as a fact, and never a blood thinner as a treatment")
    func wording() throws {
        let pathway = try calfTear()
        let words = pathway.words(in: "en")
        for rule in pathway.screening {
            let text = words["rule.\(rule.id)"].lowercased()
            for forbidden in ["you have a", "you suffer", "diagnos", "heparin", "anticoag"] {
                #expect(!text.contains(forbidden), "\(rule.id)")
            }
            #expect(text.contains("examin"), "\(rule.id)")
        }
    }

    @Test("lets no possible clot or pressure be massaged, stretched or wrapped")
    func advice() throws {
        for rule in try calfTear().screening where rule.id.hasPrefix("T-DVT") && rule.disposition == .sameDay
        {
            #expect(Set(["massage", "stretch", "compress"]).isSubset(of: rule.donts), "\(rule.id)")
        }
        for rule in try calfTear().screening where rule.id.hasPrefix("T-ACS") {
            #expect(Set(["massage", "compress", "raise_leg"]).isSubset(of: rule.donts), "\(rule.id)")
        }
        for rule in try calfTear().screening where rule.disposition == .emergencyNow {
            #expect(rule.dos.contains("emergency_number"), "\(rule.id)")
        }
    }

    @Test("opens no massage and no stretch before a clot is excluded")
    func massage() throws {
        let pathway = try calfTear()
        for id in ["calf_massage", "strap_stretch"] {
            #expect(try #require(pathway.exercise(.init(id))).needs.contains { $0.id == "clot_excluded" })
        }
        for treatment in pathway.treatments where [.manual, .stretching].contains(treatment.group) {
            #expect(treatment.needs.contains { $0.id == "clot_excluded" }, "\(treatment.id)")
        }
    }

    @Test("leaves no phase limping but the first")
    func limping() throws {
        for phase in try calfTear().phases.dropFirst() {
            #expect(phase.exit.contains { $0.id == "walks_without_limp" }, "\(phase.id)")
        }
    }

    /// Numbers whose key says what they count; every other number must end in its unit.
    private static let counts: Set<String> = [
        "sets", "reps", "reps_from", "reps_to", "points", "number", "n", "hazard_ratio", "hazard_ratio_from",
        "hazard_ratio_to", "age_from", "age_to", "minutes", "seconds", "cm", "nrs", "percent", "deg"
    ]
    private static let units = [
        "_s", "_h", "_d", "_cm", "_nrs", "_percent", "_percent_from", "_percent_to", "_days", "_weeks",
        "_months", "_minutes", "_per_day", "_per_week", "_per_s", "_per_min", "_per_cm", "_body_weight",
        "weeks_from", "weeks_to",
        "_step_up"
    ]

    @Test(
        "names the unit of every number in its key, or in the fact that it is compared with",
        arguments: Pathway.bundledFiles("calf-tear").keys.sorted().filter { !$0.hasPrefix("words/") })
    func unitsInKeys(file: String) throws {
        let text = try #require(Pathway.bundledFiles("calf-tear")[file])
        try walk(DataNode(text: text, file: file), under: "")
    }

    private func walk(_ node: DataNode, under parent: String) throws {
        if node.isList {
            for item in try node.list() { try walk(item, under: parent) }
        } else if !node.isScalar {
            let entries = try node.entries()
            let keys = Set(entries.map(\.key))
            for (key, value) in entries {
                if value.isScalar, (try? value.number()) != nil {
                    #expect(carriesUnit(key, beside: keys, under: parent), "\(value.refused(key))")
                }
                try walk(value, under: key)
            }
        }
    }

    private func carriesUnit(_ key: String, beside keys: Set<String>, under parent: String) -> Bool {
        switch key {
        case "at_least", "at_most", "above", "below":
            return !keys.isDisjoint(with: ["finding", "fact", "score", "of"])
        case "from", "to": return keys.contains("unit")
        case "value": return Self.units.contains { parent.hasSuffix($0) }
        default: return Self.counts.contains(key) || Self.units.contains { key.hasSuffix($0) }
        }
    }
}
