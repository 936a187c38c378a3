// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import ServiceLifecycle
import Store
import Web

/// Asks for each job's lease, and runs the job where this server gets it.
///
/// A job that fails is tried again at its next period; it never ends the server.
struct JobRunner: ServiceLifecycle.Service {
    let jobs: [Job]
    let lease: JobLease
    let logger: Logger
    let clock: @Sendable () -> Date

    /// So often a server looks whether a job's time has come, or oftener for jobs of a shorter period.
    private static let longestPause = 60

    init(site: Site) {
        jobs = site.jobs
        lease = JobLease(site.database)
        logger = site.logger
        clock = site.clock
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                for job in jobs { group.addTask { await repeating(job) } }
            }
        }
    }

    private func repeating(_ job: Job) async {
        while !Task.isCancelled {
            do {
                if try await lease.take(job.name, for: job.period, now: clock()) {
                    try await job.run(clock())
                }
            } catch {
                // The type names the fault; what it carries could be somebody's data.
                logger.warning("job failed", metadata: ["job": "\(job.name)", "type": "\(type(of: error))"])
            }
            try? await Task.sleep(for: .seconds(min(job.period, Self.longestPause)))
        }
    }
}
