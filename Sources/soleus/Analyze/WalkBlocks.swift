// SPDX-License-Identifier: Apache-2.0
import Foundation
import Motion
import Recordings
import Synchronization

/// The machine's cores, which the files that are read and the blocks of their walks share.
final class Cores: Sendable {
    let count: Int
    private let free: Mutex<Int>

    init(_ count: Int) {
        self.count = max(1, count)
        free = Mutex(max(1, count))
    }

    /// A file begins, whether a core is free or not.
    func take() { free.withLock { $0 -= 1 } }

    func takeIfFree() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func give() { free.withLock { $0 += 1 } }
}

/// Analyses the blocks of one walk on cores that have nothing to do, and where there is none at once.
///
/// Many files keep all cores busy by themselves; one long file would leave all but one idle.
final class WalkBlocks: BlockCores {
    private let cores: Cores
    private let running = DispatchGroup()
    private let found = Found()
    /// How many came, and how many were given back.
    private var (taken, given) = (0, 0)

    /// What waits to be given back, by its number.
    private final class Found: Sendable {
        let blocks = Mutex<[Int: AnalysedGaitBlock]>([:])
    }

    init(_ cores: Cores) { self.cores = cores }

    func analyse(_ block: GaitBlock) {
        let work = { @Sendable [number = taken, found] in
            let analysed = block.analysed()
            found.blocks.withLock { $0[number] = analysed }
        }
        taken += 1
        guard cores.takeIfFree() else { return work() }
        // A thread of its own: the pool starts no other while the one that reads is at work.
        running.enter()
        Thread.detachNewThread { [cores, running] in
            work()
            cores.give()
            running.leave()
        }
    }

    func next(isLast: Bool) -> AnalysedGaitBlock? {
        if isLast { running.wait() }
        guard let block = found.blocks.withLock({ $0.removeValue(forKey: given) }) else { return nil }
        given += 1
        return block
    }
}
