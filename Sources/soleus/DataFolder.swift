// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Clinical
import Crypto
import Foundation
import Store
import Web

/// The clinic's folder: `soleus.sqlite` and `clinic.yaml`.
struct DataFolder: ParsableArguments {
    @Option(name: .long, help: "The clinic's folder: soleus.sqlite and clinic.yaml.")
    var data = "data"

    @Option(
        name: .customLong("database"),
        help: """
            Where the clinic's rows are: postgres://user@host/name for several servers together, else the folder's \
            soleus.sqlite. Also from the environment as SOLEUS_DATABASE, where no other user reads it.
            """)
    var databaseText: String?

    var databasePath: String { data + "/soleus.sqlite" }
    var clinicPath: String { data + "/clinic.yaml" }

    func clinic() throws -> ClinicDetails {
        guard FileManager.default.fileExists(atPath: clinicPath) else {
            throw Refusal(
                "\(clinicPath): there is no such file. `soleus demo --data \(data)` makes a demo clinic.")
        }
        guard let text = try? String(contentsOfFile: clinicPath, encoding: .utf8) else {
            throw Refusal(
                "\(clinicPath): cannot be read as UTF-8 text. Check the file's owner and permissions.")
        }
        return try ClinicDetails(yaml: text, file: clinicPath)
    }

    /// The command line's, else the environment's, else the folder's file.
    func address() throws -> DatabaseAddress {
        if let databaseText {
            let address = try DatabaseAddress(databaseText)
            address.warnOfPassword()
            return address
        }
        let text = ProcessInfo.processInfo.environment[DatabaseAddress.variable] ?? ""
        return text.isEmpty ? .file(databasePath) : try DatabaseAddress(text)
    }

    func database(create: Bool = false) async throws -> any Database {
        try await address().open(create: create, now: Date())
    }
}

/// The pathway that is compiled in, or one from a folder.
struct PathwayOption: ParsableArguments {
    @Option(name: .long, help: "A folder with another pathway's data files; else the one that is built in.")
    var pathway: String?

    func load() throws -> Pathway {
        guard let pathway else { return try Pathway.calfTear() }
        return try Pathway(files: Self.files(in: pathway))
    }

    /// The pathway with the clinic's signature on it, where somebody has signed exactly these files.
    func load(signedIn folder: DataFolder) throws -> Pathway {
        var pathway = try load()
        pathway.signedBy = try PathwaySignature.read(folder)?.name(for: try fingerprint())
        return pathway
    }

    /// SHA-256 over every data file's path and text: a signature is for these and no others.
    func fingerprint() throws -> String {
        let files = try pathway.map(Self.files) ?? Pathway.bundledFiles("calf-tear")
        var hasher = SHA256()
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            hasher.update(data: Data("\(path)\0\(text.utf8.count)\0\(text)".utf8))
        }
        return hasher.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    static func files(in folder: String) throws -> [String: String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue,
            let paths = try? FileManager.default.subpathsOfDirectory(atPath: folder)
        else { throw Refusal("\(folder): there is no such folder, or it cannot be read.") }
        var files: [String: String] = [:]
        for path in paths where path.hasSuffix(".yaml") {
            guard let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) else {
                throw Refusal("\(folder)/\(path): cannot be read as UTF-8 text.")
            }
            files[path] = text
        }
        return files
    }
}

/// A sentence for the person at the terminal; the program ends with status 1.
struct Refusal: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }

    /// What the system said of a file or a folder: which one, and why.
    init(_ error: CocoaError) {
        let path = error.userInfo[NSFilePathErrorKey] as? String ?? "a file"
        let code = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map { ($0 as NSError).code }
        let reason = code.map { String(cString: strerror(Int32($0))) } ?? error.localizedDescription
        description = "\(path): \(reason)."
    }
}

extension AsyncParsableCommand {
    /// Runs a command and turns what it throws into one line on standard error and exit status 1.
    func explaining(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let code as ExitCode {
            throw code
        } catch let error as StoreError {
            throw failed(error.message)
        } catch let error as LoadError {
            throw failed(error.description)
        } catch let error as Refusal {
            throw failed(error.description)
        } catch let error as CocoaError {
            throw failed(Refusal(error).description)
        }
    }

    private func failed(_ message: String) -> ExitCode {
        FileHandle.standardError.write(Data("soleus: \(message)\n".utf8))
        return ExitCode(1)
    }
}

/// Prints facts as JSON with sorted keys.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    encoder.keyEncodingStrategy = .convertToSnakeCase
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
