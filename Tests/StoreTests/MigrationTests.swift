// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Store

@Suite("Migrations") struct MigrationTests {
    /// SHA-256 of each step's statements, by number; a new step adds a line and changes none.
    private static let frozen: [Migration.Dialect: [Int: String]] = [
        .sqlite: [
            1: "eb286d0c59c513c40144dd9f5486aa5ae53b55533389fe9f0ddf3667b8f554f4",
            5: "d7bbb4cb855e9472718a7679ce816573f52e1654ab76745124d51773bc30bc20"
        ],
        .postgres: [
            1: "048efa3feba83eb592948cecbd471708849b17d80f594d6935e3f718e136b3ab",
            5: "e8fd1782ab170f731a57067b66b961209edd4cb57e000821490dad1b15d708aa"
        ]
    ]

    @Test("A released migration is frozen: its text has not changed", arguments: Migration.Dialect.allCases)
    func frozen(dialect: Migration.Dialect) {
        let texts = Migration.all.map { migration in
            let statements = migration.statements(for: dialect).map(\.value)
            return (migration.number, Chain.hash(previous: "", columns: statements))
        }
        #expect(Dictionary(uniqueKeysWithValues: texts) == Self.frozen[dialect])
    }

    @Test("Steps are in the order of their numbers")
    func ordered() {
        let numbers = Migration.all.map(\.number)
        #expect(numbers == Set(numbers).sorted() && numbers.first == 1)
    }
}
