// SPDX-License-Identifier: Apache-2.0
import Foundation
import PackagePlugin

/// Compiles a target's data folder (`Pathways` or `Files`) into `EmbeddedFiles.all`.
@main
struct EmbedFilesPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folders = ["Pathways", "Files"].map { target.directoryURL.appending(path: $0) }
        guard let folder = folders.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            Diagnostics.error("\(target.name) has no Pathways or Files folder to embed")
            return []
        }
        let inputs = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .map { folder.appending(path: $0) }
            .filter { !$0.lastPathComponent.hasPrefix(".") && !isDirectory($0) }
            .sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(inputs.count) files of \(target.name)",
                executable: try context.tool(named: "EmbedFiles").url,
                arguments: [folder.path, output.path] + inputs.map(\.path),
                inputFiles: inputs,
                outputFiles: [output])
        ]
    }

    private func isDirectory(_ url: URL) -> Bool {
        var directory: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &directory)
            && directory.boolValue
    }
}
