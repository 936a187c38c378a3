// SPDX-License-Identifier: Apache-2.0

/// What the evaluation's findings speak for: proposed, never forced.
public struct Assessment: Hashable, Sendable {
    /// A sign with the diagnosis or grade it speaks for or against.
    public struct Sign: Hashable, Sendable, Identifiable {
        public let id: String
        public let when: Condition
        public let basis: Basis
    }

    public struct GradeRule: Hashable, Sendable {
        public let grade: Grade
        public let signs: [Sign]
    }

    public struct Candidate: Hashable, Sendable, Identifiable {
        public let id: String
        public let speaksFor: [Sign]
        public let speaksAgainst: [Sign]
    }

    public struct Imaging: Hashable, Sendable, Identifiable {
        public let id: String
        public let when: Condition
        public let basis: Basis
    }

    /// Most severe first: the first with a sign that holds is proposed.
    public let grades: [GradeRule]
    /// `gastrocnemius` and `soleus`.
    public let muscles: [Candidate]
    public let differential: [Candidate]
    public let imaging: [Imaging]
}

/// What the pathway proposes for one person's findings, with what speaks for and against it.
public struct Proposal: Hashable, Sendable {
    public struct Diagnosis: Hashable, Sendable, Identifiable {
        public let id: String
        public let speaksFor: [Assessment.Sign]
        public let speaksAgainst: [Assessment.Sign]
    }

    public let grade: Grade
    public let gradeSigns: [Assessment.Sign]
    public let muscle: Muscle
    public let muscles: [Diagnosis]
    /// Only those that something speaks for, most signs first.
    public let differential: [Diagnosis]
    public let imaging: [Assessment.Imaging]
    /// The Wells score with the clinician's −2 where the therapist gave it.
    public let wells: Score.Points
    public let wellsWithClinician: ClosedRange<Double>
    public let screening: Screening
}

extension Pathway {
    /// Proposes grade, muscle, differential and imaging from what was found.
    ///
    /// - Parameters:
    ///   - findings: The answers and numbers of the evaluation.
    ///   - alternativeAsLikely: The therapist's own judgement for the Wells item worth −2; nil is not judged.
    /// - Returns: What is proposed; the therapist confirms it or says why not.
    public func proposal(for findings: some Facts, alternativeAsLikely: Bool?) -> Proposal {
        func holding(_ signs: [Assessment.Sign]) -> [Assessment.Sign] {
            signs.filter { $0.when.verdict(on: findings) == .met }
        }
        func weighed(_ candidate: Assessment.Candidate) -> Proposal.Diagnosis {
            .init(
                id: candidate.id, speaksFor: holding(candidate.speaksFor),
                speaksAgainst: holding(candidate.speaksAgainst))
        }
        let graded = assessment.grades.lazy.map { ($0.grade, holding($0.signs)) }.first { !$0.1.isEmpty }
        let muscles = assessment.muscles.map(weighed)
        let wells =
            scores.first { $0.id == "wells_without_minus2" }?.points(on: findings)
            ?? Score.Points(range: 0...0, missing: [])
        let minus = alternativeAsLikely == true ? -2.0 : 0
        return Proposal(
            grade: graded?.0 ?? .mild, gradeSigns: graded?.1 ?? [],
            muscle: Self.muscle(from: muscles), muscles: muscles,
            differential: assessment.differential.map(weighed).filter { !$0.speaksFor.isEmpty }
                .sorted { $0.speaksFor.count > $1.speaksFor.count },
            imaging: assessment.imaging.filter { $0.when.verdict(on: findings) == .met },
            wells: wells,
            wellsWithClinician: (wells.range.lowerBound + minus)...(wells.range.upperBound + minus),
            screening: screen(findings))
    }

    private static func muscle(from candidates: [Proposal.Diagnosis]) -> Muscle {
        func weight(_ id: String) -> Int {
            candidates.first { $0.id == id }.map { $0.speaksFor.count - $0.speaksAgainst.count } ?? 0
        }
        let gastrocnemius = weight(Muscle.gastrocnemius.rawValue)
        let soleus = weight(Muscle.soleus.rawValue)
        if gastrocnemius == soleus { return gastrocnemius > 0 ? .both : .undetermined }
        return gastrocnemius > soleus ? .gastrocnemius : .soleus
    }
}
