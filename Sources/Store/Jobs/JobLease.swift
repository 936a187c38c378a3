// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Lets one of several server processes run a job, and each job once per period.
///
/// A lease ends by its time alone: a process that dies with one is followed by another when it is over. The
/// servers' clocks must agree to within a small part of the shortest period.
package struct JobLease: Sendable {
    private let database: any Database
    private let holder: String

    /// - Parameters:
    ///   - database: The one that all processes share.
    ///   - ids: Gives this process its name.
    package init(_ database: any Database, ids: IDSource = .random) {
        self.database = database
        holder = ids.make()
    }

    /// Asks for a job.
    ///
    /// - Parameters:
    ///   - job: Which, such as `sweep`.
    ///   - seconds: Until when nobody else gets it, this process included: the job's period.
    ///   - now: When.
    /// - Returns: Whether this process is to run it now; true for one caller of all processes.
    /// - Throws: ``StoreError``.
    package func take(_ job: String, for seconds: Int, now: Date) async throws -> Bool {
        let end = now.addingTimeInterval(Double(seconds))
        return try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO job_lease (job, holder, taken_at, ends_at)
                VALUES (\(job), \(holder), \(now), \(end))
                ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, taken_at = excluded.taken_at,
                    ends_at = excluded.ends_at
                WHERE job_lease.ends_at <= excluded.taken_at
                """) == 1
        }
    }
}
