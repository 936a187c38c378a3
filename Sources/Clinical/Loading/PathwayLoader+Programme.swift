// SPDX-License-Identifier: Apache-2.0

/// Phases, criteria, exercises with their doses, and clinic treatments.
extension PathwayLoader {
    mutating func phases(_ node: DataNode, _ conditions: ConditionReader) throws(LoadError) -> [Phase] {
        var phases: [Phase] = []
        for node in try node.list() {
            let fields = try node.fields("id", "number", "pain_ceiling_nrs", "exit")
            let number = try fields.required("number").integer()
            guard number == phases.count else {
                throw node.refused("phase \(number) cannot be reached: phases count up from 0 without a gap")
            }
            let ceiling = try fields.required("pain_ceiling_nrs")
            let (value, basis) = try quantity(ceiling, in: 0...10, whole: true)
            let isActive = isActive(basis, "this pain ceiling", at: ceiling)
            let exit = try criteria(fields.required("exit"), conditions)
            let id = Phase.ID(try fields.required("id").text())
            try node.refuse(id, ifTaken: phases.contains { $0.id == id })
            guard !exit.isEmpty else { throw node.refused("a phase needs at least one exit criterion") }
            phases.append(
                Phase(
                    id: id, number: number,
                    painCeilingNRS: isActive ? Int(value) : 0, painCeilingBasis: basis, exit: exit))
        }
        guard !phases.isEmpty else { throw node.refused("a pathway needs at least one phase") }
        return phases
    }

    /// A recalled [M] criterion stays active: one more thing to meet can only hold back.
    mutating func criteria(_ node: DataNode, _ conditions: ConditionReader) throws(LoadError) -> [Criterion] {
        var criteria: [Criterion] = []
        for node in try node.list() {
            let fields = try node.fields(
                "id", "fact", "finding", "is", "at_least", "at_most", "above", "below", "aids", "source",
                "tag")
            var aids: [FactID] = []
            for aid in try fields["aids"]?.list() ?? [] {
                guard let measure = conditions.vocabulary.measure(FactID(try aid.text())),
                    measure.words.isEmpty
                else { throw aid.refused("expected a measure that is a number") }
                aids.append(measure.id)
            }
            criteria.append(
                Criterion(
                    id: .init(try fields.required("id").text()), condition: try conditions.test(fields),
                    basis: try citations.basis(fields), aids: aids))
        }
        return criteria
    }

    mutating func quantity(_ node: DataNode, in range: ClosedRange<Double>, whole: Bool) throws(LoadError)
        -> (Double, Basis)
    {
        let fields = try node.fields("value", "source", "tag")
        let value = try fields.required("value").number(in: range, whole: whole)
        return (value, try citations.basis(fields))
    }

    mutating func loadResponse(_ node: DataNode) throws(LoadError) -> LoadResponse {
        let fields = try node.fields(
            "repeat_from_nrs", "step_back_from_nrs", "high_pain_above_nrs", "retry_h", "settle_h",
            "good_days_to_step_up", "dose_rise_cap_percent", "silent_h", "long_silent_d")
        /// The number, or the strictest one where it is only recalled.
        func value(
            _ key: String, strictest: Double, in range: ClosedRange<Double>, whole: Bool = false
        ) throws(LoadError) -> Double {
            let node = try fields.required(key)
            let (value, basis) = try quantity(node, in: range, whole: whole)
            return isActive(basis, "'\(key)'", at: node) ? value : strictest
        }
        return LoadResponse(
            repeatFromNRS: Int(try value("repeat_from_nrs", strictest: 1, in: 1...10, whole: true)),
            stepBackFromNRS: Int(try value("step_back_from_nrs", strictest: 1, in: 1...10, whole: true)),
            highPainAboveNRS: Int(try value("high_pain_above_nrs", strictest: 0, in: 0...10, whole: true)),
            retryH: try value("retry_h", strictest: 8760, in: 0...8760),
            settleH: try value("settle_h", strictest: 0, in: 0...8760),
            // None at all would step up whoever has done nothing.
            goodDaysToStepUp: Int(
                try value("good_days_to_step_up", strictest: 1000, in: 1...1000, whole: true)),
            doseRiseCapPercent: try value("dose_rise_cap_percent", strictest: 0, in: 0...1000),
            silentH: try value("silent_h", strictest: 0, in: 0...8760),
            longSilentD: try value("long_silent_d", strictest: 0, in: 0...365))
    }

    mutating func exercises(_ conditions: ConditionReader, phases: [Phase], cap: Double) throws(LoadError)
        -> [Exercise]
    {
        var exercises: [Exercise] = []
        for node in try node("exercises.yaml").list() {
            let fields = try node.fields(
                "id", "figure", "phases", "loading", "needs", "ladder", "source", "tag")
            let id = Exercise.ID(try fields.required("id").text())
            try node.refuse(id, ifTaken: exercises.contains { $0.id == id })
            var inPhases: [Phase.ID] = []
            for name in try fields.required("phases").list() {
                let phase = Phase.ID(try name.text())
                guard phases.contains(where: { $0.id == phase }) else {
                    throw name.refused("unknown phase '\(phase)'")
                }
                inPhases.append(phase)
            }
            var needs: [Criterion] = []
            if let node = fields["needs"] { needs = try criteria(node, conditions) }
            let ladder = try ladder(fields.required("ladder"), cap: cap)
            let basis = try citations.basis(fields)
            // A dose allows load, so a recalled one would relax: it is left out.
            guard isActive(basis, "the dose of '\(id)'", at: node) else { continue }
            exercises.append(
                Exercise(
                    id: id, figure: try fields.required("figure").text(), phases: inPhases,
                    isLoading: try fields.required("loading").flag(), needs: needs, ladder: ladder,
                    basis: basis))
        }
        for phase in phases where !exercises.contains(where: { $0.phases.contains(phase.id) }) {
            throw LoadError(file: "exercises.yaml", line: nil, problem: "phase '\(phase.id)' has no exercise")
        }
        return exercises
    }

    private func ladder(_ node: DataNode, cap: Double) throws(LoadError) -> [Dose] {
        var ladder: [Dose] = []
        for rung in try node.list() {
            let dose = try dose(rung)
            if let last = ladder.last, let rise = dose.risePercent(over: last), rise > cap {
                throw rung.refused(
                    "this rung is \(rise.plain) % more than the one before; the pathway's cap is \(cap.plain) %"
                )
            }
            ladder.append(dose)
        }
        guard !ladder.isEmpty else { throw node.refused("a ladder needs at least one rung") }
        return ladder
    }

    private func dose(_ node: DataNode) throws(LoadError) -> Dose {
        let fields = try node.fields(
            "sets", "reps", "each_way", "hold_s", "minutes", "walk_minutes", "run_minutes", "rest_s",
            "load_body_weight", "times_per_day", "times_per_week")
        let dose = Dose(
            sets: try fields["sets"]?.integer(), reps: try fields["reps"]?.integer(),
            eachWay: try fields["each_way"]?.flag(), holdS: try fields["hold_s"]?.integer(),
            minutes: try fields["minutes"]?.number(), walkMinutes: try fields["walk_minutes"]?.number(),
            runMinutes: try fields["run_minutes"]?.number(), restS: try fields["rest_s"]?.integer(),
            loadBodyWeight: try fields["load_body_weight"]?.number(),
            timesPerDay: try fields["times_per_day"]?.integer(),
            timesPerWeek: try fields["times_per_week"]?.integer())
        guard let problem = dose.problem else { return dose }
        throw node.refused(problem)
    }

    mutating func treatments(_ conditions: ConditionReader) throws(LoadError) -> [Treatment] {
        var treatments: [Treatment] = []
        for node in try node("treatments.yaml").list() {
            let fields = try node.fields("id", "group", "needs", "source", "tag")
            let id = Treatment.ID(try fields.required("id").text())
            try node.refuse(id, ifTaken: treatments.contains { $0.id == id })
            var needs: [Criterion] = []
            if let node = fields["needs"] { needs = try criteria(node, conditions) }
            treatments.append(
                Treatment(
                    id: id, group: try fields.required("group").choice(),
                    needs: needs, basis: try citations.basis(fields)))
        }
        return treatments
    }
}
