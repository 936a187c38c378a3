// SPDX-License-Identifier: Apache-2.0
import Foundation
import Store
import Synchronization
import Testing

@testable import Web

@Suite("What a clinic's servers do by themselves") struct JobTests {
    @Test("The jobs' names are leases that servers of two versions share") func names() async throws {
        let jobs = try await TestSite().site.jobs(address: "http://localhost", every: 10)
        #expect(
            jobs.map { "\($0.name): \($0.period)" } == [
                "messages: 10", "waiting: 10", "calendars: 10", "sweep sessions: 3600",
                "sweep recordings: 3600"
            ])
    }

    @Test("A job that fails is tried again and keeps no other; all end with the server")
    func failing() async throws {
        let site = try await TestSite()
        let (runs, ran) = AsyncStream.makeStream(of: String.self)
        let jobs = [
            Job(name: "broken", period: 1) { _ in
                ran.yield("broken")
                throw StoreError.full
            },
            Job(name: "whole", period: 1) { _ in ran.yield("whole") },
            Job(name: "slow", period: 1) { _ in try await Task.sleep(for: .seconds(3600)) }
        ]
        let runner = JobRunner(
            jobs, lease: JobLease(site.database), logger: site.site.logger, clock: { Date() })
        let running = Task { await runner.run() }
        var seen: [String: Int] = [:]
        for await name in runs {
            seen[name, default: 0] += 1
            if seen["broken", default: 0] >= 2, seen["whole", default: 0] >= 2 { break }
        }
        running.cancel()
        await running.value
    }

    @Test("Of two servers one runs a job, and once for each of its periods") func once() async throws {
        let site = try await TestSite()
        let count = Mutex(0)
        for period in 1...3 {
            let (asked, asks) = AsyncStream.makeStream(of: Int.self)
            let job = Job(name: "sweep", period: 1) { _ in count.withLock { $0 += 1 } }
            let now = site.now
            let servers = [0, 1].map { number in
                let runner = JobRunner(
                    [job], lease: JobLease(site.database), logger: site.site.logger,
                    clock: {
                        asks.yield(number)
                        return now
                    })
                return Task { await runner.run() }
            }
            // Until both have asked, and the one that ran it has asked again.
            var seen = [0, 0]
            for await server in asked {
                seen[server] += 1
                if seen.allSatisfy({ $0 >= 3 }) { break }
            }
            for server in servers { server.cancel() }
            for server in servers { await server.value }
            #expect(count.withLock { $0 } == period)
            site.wait(seconds: 1)
        }
    }
}
