// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Store

@Suite("Migrations") struct MigrationTests {
    /// SHA-256 of each step's statements, by number; a new step adds a line and changes none.
    private static let frozen: [Migration.Dialect: [Int: String]] = [
        .sqlite: [
            1: "eb286d0c59c513c40144dd9f5486aa5ae53b55533389fe9f0ddf3667b8f554f4",
            2: "bac5470406eb84e9c63fb3fbf8665e3a95e4c33946e1d71536cf81544a30473c",
            3: "4d336ef64748e87c68e4ce51e96361c69217fd001a54963b1db952d3067a0813",
            4: "b0ff35d394acdf29f7b3bbd42341d76546a2d4531783346a0b1e34b52c76ad8e",
            5: "d7bbb4cb855e9472718a7679ce816573f52e1654ab76745124d51773bc30bc20",
            6: "74b3f5891ba3e24399c3bf10364f644fc187f23bcba49bf6f52d393dd087f14e",
            7: "e58ee0f6e53e28c846b320623dd102f4ba1e3b8f239cdf3cdcfadfb51654c4d0"
        ],
        .postgres: [
            1: "048efa3feba83eb592948cecbd471708849b17d80f594d6935e3f718e136b3ab",
            2: "f3929d05e5d4270385f82f39b7b357b8414ceb8f7e042167ab9570d87b582b52",
            3: "eafd2e71cf499c2719971b6fa30ddda6b2c7b1a3a389b9c4a232e52478dfaa23",
            4: "9e741f6b68d2b6820aed35d7fd586206bee9103e562f15b31baee54fdf83fc02",
            5: "e8fd1782ab170f731a57067b66b961209edd4cb57e000821490dad1b15d708aa",
            6: "9472413ec94442733e5719b94398203b672375f46fa4913d2f104ef23b455fd9",
            7: "c22f50db05bc6f5df6fe0e462bcb4ae669c10358baa80f31eea3422bfed051d6"
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
