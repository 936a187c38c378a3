// SPDX-License-Identifier: Apache-2.0
import Foundation
import Recordings

/// One file's way from its path to what is printed.
struct AnalyzeWork: Sendable {
    let analyzer: Analyzer
    let json: Bool
    let plot: String?
    let cores: Cores

    enum Outcome: Sendable {
        case text(String)
        case json(JSON)
        case failed(String)
    }

    func outcome(of path: String) -> Outcome {
        cores.take()
        defer { cores.give() }
        do throws(ReadingProblem) {
            var signal = WatchedSignal(unit: analyzer.request.isCamera ? "cm" : "m/s²")
            let isDrawn = plot != nil || !json
            let result = try analyzer.result(
                of: RecordingFolder.files(at: path), RecordingReader(), cores: WalkBlocks(cores)
            ) {
                if isDrawn { signal.append($1, at: $0) }
            }
            if let plot { try write(AnalyzePlot(result, signal, title: path).svg, to: plot) }
            return json
                ? .json(result.json(file: path)) : .text(AnalyzeReport(result, signal, title: path).text)
        } catch {
            return .failed(error.description)
        }
    }

    private func write(_ drawing: String, to path: String) throws(ReadingProblem) {
        do { try drawing.write(toFile: path, atomically: true, encoding: .utf8) } catch {
            throw ReadingProblem(file: path, problem: "cannot be written")
        }
    }
}

/// Works on as many files at once as there are cores, and prints each as it is done.
enum AnalyzeQueue {
    /// - Returns: Whether any file could not be used.
    static func run(_ paths: AnyIterator<String>, _ work: AnalyzeWork) async -> Bool {
        await withTaskGroup(of: AnalyzeWork.Outcome.self) { group in
            var failed = false
            var running = 0
            func say(_ outcome: AnalyzeWork.Outcome) {
                switch outcome {
                case .text(let text): write(text + "\n")
                case .json(let json): json.write(ending: "\n", write)
                case .failed(let message):
                    failed = true
                    FileHandle.standardError.write(Data("soleus: \(message)\n".utf8))
                }
            }
            while let path = paths.next() {
                if running >= work.cores.count, let outcome = await group.next() {
                    say(outcome)
                    running -= 1
                }
                group.addTask { work.outcome(of: path) }
                running += 1
            }
            for await outcome in group { say(outcome) }
            return failed
        }
    }

    private static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
