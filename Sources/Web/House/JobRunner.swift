// SPDX-License-Identifier: Apache-2.0
package import Foundation
package import Logging
package import Store

/// Asks for each job's lease, and runs the job where this server gets it.
///
/// A job that fails is tried again at its next period; it never ends the server.
package struct JobRunner: Sendable {
    private let jobs: [Job]
    private let lease: JobLease
    private let logger: Logger
    private let clock: @Sendable () -> Date

    /// So often a server looks whether a job's time has come, or oftener for jobs of a shorter period.
    private static let longestPause = 60

    package init(
        _ jobs: [Job], lease: JobLease, logger: Logger, clock: @escaping @Sendable () -> Date
    ) {
        self.jobs = jobs
        self.lease = lease
        self.logger = logger
        self.clock = clock
    }

    /// Goes on until it is cancelled.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for job in jobs { group.addTask { await repeating(job) } }
        }
    }

    private func repeating(_ job: Job) async {
        while !Task.isCancelled {
            do {
                if try await lease.take(job.name, for: job.period, now: clock()) {
                    try await job.run(clock())
                }
            } catch {
                if Task.isCancelled { return }
                // The type names the fault; what it carries could be somebody's data.
                logger.error("job failed", metadata: ["job": "\(job.name)", "type": "\(type(of: error))"])
            }
            do { try await Task.sleep(for: .seconds(min(job.period, Self.longestPause))) } catch { return }
        }
    }
}
