// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// Which process runs a job.
    static let leases = Migration(
        number: 5,
        name: "leases",
        tables: [
            """
            CREATE TABLE job_lease (
                job TEXT NOT NULL PRIMARY KEY,
                holder TEXT NOT NULL,
                taken_at TEXT NOT NULL CHECK (length(taken_at) = 24),
                ends_at TEXT NOT NULL CHECK (length(ends_at) = 24)
            )
            """
        ])
}
