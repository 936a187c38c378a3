// SPDX-License-Identifier: Apache-2.0
import Logging
import Store

/// What a clinic's server does without being asked: send what is due, read calendars.
///
/// Every server of a clinic runs them; the database sees to it that each thing is done by one.
package struct Chores: Sendable {
    private let site: Site
    private let postman: Postman
    private let pause: Duration

    /// - Parameters:
    ///   - site: Whose.
    ///   - address: Where people reach the site.
    ///   - seconds: Between two looks.
    package init(site: Site, address: String, every seconds: Int) {
        self.site = site
        postman = Postman(site: site, address: address)
        pause = .seconds(seconds)
    }

    /// Goes on until it is cancelled; a fault is logged by its kind and costs one round.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            // Apart from each other: a slow calendar must not keep a reminder.
            group.addTask { await again("messages") { _ = try await postman.sendDue() } }
            // Holds that are over end, and what became free is kept for whoever waits.
            group.addTask { await again("waiting") { _ = try await site.waiting.offer(now: site.clock()) } }
            group.addTask { await again("calendars") { try await CalendarImporter(site: site).readDue() } }
        }
    }

    private func again(_ name: String, _ body: () async throws -> Void) async {
        while !Task.isCancelled {
            do { try await body() } catch {
                if Task.isCancelled { return }
                site.logger.error("chore", metadata: ["name": "\(name)", "type": "\(type(of: error))"])
            }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }
}
