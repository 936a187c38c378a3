// SPDX-License-Identifier: Apache-2.0
import Clinical
import Logging
import Synchronization
import Testing

@testable import Web

/// Keeps every line that is logged, for reading afterwards.
private final class LogBook: Sendable {
    private let kept = Mutex<[String]>([])
    var text: String { kept.withLock { $0.joined(separator: "\n") } }
    func add(_ line: String) { kept.withLock { $0.append(line) } }
}

private struct LogBookHandler: LogHandler {
    let book: LogBook
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        book.add("\(event.message) \(metadata) \(event.metadata ?? [:])")
    }
}

@Suite("The log") struct LogTests {
    @Test("names routes and states, and never what a person typed, asked for or is called")
    func noHealthData() async throws {
        let book = LogBook()
        var logger = Logger(label: "test") { _ in LogBookHandler(book: book) }
        logger.logLevel = .trace
        let site = try await TestSite(logger: logger)
        let visitor = TestBrowser(site)
        let rosa = try await site.browser(.patient)
        _ = try await visitor.get("/nowhere?symptom=MARKERQUERY")
        _ = try await visitor.get("/enter/MARKERTOKEN")
        _ = try await visitor.post("/check", ["answers": "MARKERANSWERS", "page": "MARKERPAGE"])
        _ = try await visitor.post("/sign-in", ["email": "MARKEREMAIL", "password": "MARKERPASSWORD"])
        _ = try await rosa.post(
            "/today/exercise/MARKEREXERCISE", ["note": "MARKERNOTE", "form": "MARKERFORM"])
        _ = try await rosa.get("/today")
        let log = book.text
        #expect(log.contains("/today"), "nothing was logged, so nothing was tested")
        #expect(!log.contains("MARKER"), "\(log)")
        #expect(!log.contains("Rosa"), "\(log)")
        #expect(!log.contains(rosa.csrf), "\(log)")
    }
}
