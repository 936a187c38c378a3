import Testing

@testable import Clinical

@Test func placeholder() throws {
    var loader = PathwayLoader(files: Pathway.bundledFiles("calf-tear"))
    do { _ = try loader.pathway() } catch { print("LOAD", error) }
    let w = try loader.words()["en"]!
    loader = PathwayLoader(files: Pathway.bundledFiles("calf-tear").merging(["words/en.yaml": "x: y"]) { $1 })
    do { _ = try loader.pathwayWithoutWords() } catch { print("LOAD", error); return }
    let p = try loader.pathwayWithoutWords()
    for k in p.neededWords where !w.has(k) { print("MISSING", k) }
    print("UNUSED", p.unusedCitations)
    print("NOTICES", p.notices)
}
