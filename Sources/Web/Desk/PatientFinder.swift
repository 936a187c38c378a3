// SPDX-License-Identifier: Apache-2.0
import Clinical
import Store

/// Finds the patient for whom the desk does something: by the start of a name, one press to choose.
struct PatientFinder: Sendable {
    struct Found: Sendable {
        let label: String
        let foundHref: String
    }

    /// The page that asks, and what of its address is kept while looking.
    let finderPath: String
    let keeps: [HiddenField]
    let sought: String
    let found: [Found]
    let notFound: String?
    let patientID: String
    let patientName: String?

    init(_ visit: Visit, path: String, keeps: [HiddenField], found: [Patient], patient: Patient?) {
        finderPath = path
        self.keeps = keeps
        sought = visit.given("find")
        let kept = keeps.map { "\($0.name)=\($0.value)&" }.joined()
        self.found = found.map { patient in
            let born = patient.account.born.map { $0.dated(visit.words) } ?? ""
            return Found(
                label: "\(patient.account.name) · \(born)",
                foundHref: "\(path)?\(kept)patient=\(patient.account.id)")
        }
        notFound =
            sought.isEmpty || !found.isEmpty ? nil : visit.words("people.not_found_text", ["name": sought])
        patientID = patient?.account.id.rawValue ?? ""
        patientName = patient?.account.name
    }
}

extension Visit {
    /// The patients whose name begins so, and the one that was chosen; the look is recorded.
    func sought() async throws -> (found: [Patient], chosen: Patient?) {
        var found: [Patient] = []
        let name = given("find")
        if !name.isEmpty {
            try await site.audit.recordRead(of: "people", episode: nil, by: signedIn(), at: now)
            found = try await site.people.patients(named: name, limit: 20)
        }
        return (found, try await site.people.patient(Person.ID(given("patient"))))
    }

    /// Whom the desk's form is for: the patient that was chosen, else the name and telephone that were typed.
    ///
    /// - Returns: Who, and the language that they are written to in: a patient's own, else the desk's. nil where
    ///   it names nobody.
    func bookedPerson() async throws -> (person: BookedPerson, language: String)? {
        if let patient = try await site.people.patient(Person.ID(form["patient"])) {
            return (.patient(patient.account.id), patient.account.language)
        }
        let details = DetailsForm(self)
        return details.faults.isEmpty ? (.visitor(details.visitor), language) : nil
    }
}
