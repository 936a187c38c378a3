// SPDX-License-Identifier: Apache-2.0

extension Pathway {
    /// The calf-tear pathway that is compiled in.
    ///
    /// - Throws: ``LoadError``; a released binary never does, a test loads it.
    public static func calfTear() throws(LoadError) -> Pathway {
        try Pathway(files: bundledFiles("calf-tear"))
    }

    /// The compiled-in data files of a pathway: path below its folder → text.
    public static func bundledFiles(_ id: String) -> [String: String] {
        let prefix = id + "/"
        var files: [String: String] = [:]
        for (path, text) in EmbeddedFiles.all where path.hasPrefix(prefix) {
            files[String(path.dropFirst(prefix.count))] = text
        }
        return files
    }

    /// Loads a pathway from its data files and refuses whatever is unknown, missing or without a source.
    ///
    /// - Parameter files: Path below the pathway's folder → text.
    /// - Throws: ``LoadError`` with file and line.
    public init(files: [String: String]) throws(LoadError) {
        var loader = PathwayLoader(files: files)
        self = try loader.pathway()
    }
}

/// Reads the files of one pathway in the order in which they need one another.
struct PathwayLoader {
    let files: [String: String]
    var citations = CitationReader()
    /// Recalled numbers that would relax something, left out.
    var notices: [LoadError] = []

    init(files: [String: String]) { self.files = files }

    func node(_ name: String) throws(LoadError) -> DataNode {
        guard let text = files[name] else { throw LoadError(file: name, line: nil, problem: "is missing") }
        return try DataNode(text: text, file: name)
    }

    mutating func pathway() throws(LoadError) -> Pathway {
        let pathway = try pathwayWithoutWords()
        try pathway.requireWords()
        return pathway
    }

    /// Everything but the check that every text is there.
    mutating func pathwayWithoutWords() throws(LoadError) -> Pathway {
        citations = try CitationReader(node("citations.yaml"))
        let vocabulary = try vocabulary()
        let plain = ConditionReader(vocabulary: vocabulary, scores: [])
        let scores = try scores(plain)
        let conditions = ConditionReader(vocabulary: vocabulary, scores: scores)
        let screening = try screeningRules(conditions)
        let questions = try questionPages(conditions)
        let checkIn = try checkInForm(vocabulary)
        let head = try node("pathway.yaml").fields("id", "version", "phases", "response")
        let phases = try phases(head.required("phases"), conditions)
        let response = try loadResponse(head.required("response"))
        let exercises = try exercises(conditions, phases: phases, cap: response.doseRiseCapPercent)
        let assessment = try assessment(conditions)
        let treatments = try treatments(conditions)
        let prognosis = try prognosis()
        let norms = try norms()
        let methods = try methods(vocabulary, norms: norms)
        return Pathway(
            id: try head.required("id").text(), version: try head.required("version").text(),
            signedBy: nil, citations: citations.all, vocabulary: vocabulary, scores: scores,
            screening: screening, questions: questions, checkIn: checkIn, exercises: exercises,
            treatments: treatments, phases: phases, response: response, assessment: assessment,
            prognosis: prognosis, norms: norms, methods: methods, notices: notices, words: try words(),
            unusedCitations: citations.unused)
    }

    /// Leaves out what is only recalled and would relax something, and says so.
    mutating func isActive(_ basis: Basis, _ what: String, at node: DataNode) -> Bool {
        guard basis.tag == .recalled else { return true }
        notices.append(node.refused("\(what) is recalled, not read [M]: loaded as inactive"))
        return false
    }
}

/// The citations of a pathway, and which of them something points at.
struct CitationReader {
    private(set) var all: [Citation.ID: Citation] = [:]
    private var used: Set<Citation.ID> = []

    init() {}

    init(_ node: DataNode) throws(LoadError) {
        for (key, value) in try node.entries() {
            let fields = try value.fields("text", "link")
            let id = Citation.ID(rawValue: key)
            all[id] = Citation(
                id: id, text: try fields.required("text").text(), link: try fields["link"]?.text())
        }
    }

    var unused: [Citation.ID] { all.keys.filter { !used.contains($0) }.sorted() }

    /// The `source` and `tag` that every rule and number must carry.
    mutating func basis(_ fields: Fields) throws(LoadError) -> Basis {
        let list = try fields.required("source")
        var sources: [Citation.ID] = []
        for node in try list.list() {
            let id = Citation.ID(rawValue: try node.text())
            guard all[id] != nil else { throw node.refused("unknown citation '\(id)'") }
            sources.append(id)
            used.insert(id)
        }
        guard !sources.isEmpty else { throw list.refused("needs at least one citation") }
        return Basis(sources: sources, tag: try fields.required("tag").choice())
    }
}
