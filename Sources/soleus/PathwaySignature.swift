// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Clinical
import Foundation

/// The clinician who vouches for a pathway: `pathway-signature.yaml` in the clinic's folder.
struct PathwaySignature {
    let clinician: String
    let licence: String
    let day: String
    let files: String

    static func path(_ folder: DataFolder) -> String { folder.data + "/pathway-signature.yaml" }

    /// - Returns: nil where nobody has signed.
    static func read(_ folder: DataFolder) throws -> PathwaySignature? {
        let path = path(folder)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Refusal("\(path): cannot be read.")
        }
        let fields = try DataNode(text: text, file: path).fields("clinician", "licence", "day", "files")
        return PathwaySignature(
            clinician: try fields.required("clinician").text(),
            licence: try fields.required("licence").text(),
            day: try fields.required("day").text(), files: try fields.required("files").text())
    }

    /// Who signed, if it was these files.
    func name(for fingerprint: String) throws -> String {
        guard files == fingerprint else {
            throw Refusal(
                "the pathway was signed in another version (by \(clinician), \(day)). Read what changed, then sign "
                    + "again with `soleus pathway sign`, or delete pathway-signature.yaml to run it unsigned."
            )
        }
        return "\(clinician), \(day)"
    }
}

extension PathwayCommand {
    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record the licensed clinician who vouches for the pathway.",
            discussion: """
                Read the pathway first (`soleus pathway show`). The signature holds for exactly these data files; a \
                changed file needs a new one. Until somebody has signed, every page says so.
                """)

        @OptionGroup var folder: DataFolder
        @OptionGroup var pathway: PathwayOption
        @Option(help: "The clinician's name and title.") var clinician: String
        @Option(help: "The clinician's licence number.") var licence: String

        func validate() throws {
            for text in [clinician, licence] {
                guard !text.trimmingCharacters(in: .whitespaces).isEmpty, !text.contains(where: \.isNewline),
                    !text.contains("\"")
                else {
                    throw ValidationError(
                        "--clinician and --licence need a text without quotes or line breaks.")
                }
            }
        }

        func run() async throws {
            try await explaining {
                let loaded = try pathway.load()
                guard SafetyCheck(of: loaded).holds else {
                    throw Refusal("the pathway breaks a safety property; see `soleus pathway check`.")
                }
                guard FileManager.default.fileExists(atPath: folder.data) else {
                    throw Refusal("\(folder.data): there is no such folder.")
                }
                let day = Day(Date(), in: .current)
                let text = """
                    # Signs exactly the data files whose fingerprint stands here.
                    clinician: "\(clinician)"
                    licence: "\(licence)"
                    day: \(day)
                    files: \(try pathway.fingerprint())

                    """
                try text.write(toFile: PathwaySignature.path(folder), atomically: true, encoding: .utf8)
                say("\(loaded.reference) is signed by \(clinician) from the server's next start on.")
            }
        }
    }
}
