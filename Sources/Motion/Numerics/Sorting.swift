// SPDX-License-Identifier: Apache-2.0

/// Sorting by a key.
///
/// The library's own sort is compiled anew for every type and every closure: 20 KB in the browser's build. This
/// one sorts places, and is compiled once.
enum Sorting {
    /// The places of the list from the smallest value to the largest.
    ///
    /// Equal values come in any, but always the same, order; where NaN comes to stand is not said.
    static func order(_ values: [Double]) -> [Int] {
        var heap: [Int] = []
        heap.reserveCapacity(values.count)
        for index in values.indices { heap.append(index) }
        var root = heap.count / 2
        while root > 0 {
            root -= 1
            sink(&heap, root, heap.count, values)
        }
        var last = heap.count
        while last > 1 {
            last -= 1
            heap.swapAt(0, last)
            sink(&heap, 0, last, values)
        }
        return heap
    }

    /// The list from the smallest value to the largest.
    static func ascending(_ values: [Double]) -> [Double] { order(values).map { values[$0] } }

    /// The value that would stand at `place` if the list were sorted, in time that grows with the list and no faster.
    ///
    /// Hoare's selection with the middle of three as pivot. Afterwards nothing before `place` is larger and nothing
    /// behind it smaller; where NaN comes to stand is not said.
    static func select(_ place: Int, in values: inout [Double]) -> Double {
        var first = 0
        var last = values.count - 1
        while first < last {
            let pivot = middle(values[first], values[(first + last) / 2], values[last])
            // Smaller ones to the front, then equal ones behind them.
            var smaller = first
            for index in first...last where values[index] < pivot {
                values.swapAt(index, smaller)
                smaller += 1
            }
            if place < smaller {
                last = smaller - 1
                continue
            }
            var equal = smaller
            for index in smaller...last where !(pivot < values[index]) {
                values.swapAt(index, equal)
                equal += 1
            }
            if place < equal { break }
            first = equal
        }
        return values[place]
    }

    private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double {
        a < b ? (b < c ? b : max(a, c)) : (a < c ? a : max(b, c))
    }

    /// Lets the value at `root` sink below larger ones, in a heap of `count`.
    private static func sink(_ heap: inout [Int], _ root: Int, _ count: Int, _ values: [Double]) {
        var parent = root
        while true {
            var child = 2 * parent + 1
            guard child < count else { return }
            if child + 1 < count && values[heap[child]] < values[heap[child + 1]] { child += 1 }
            guard values[heap[parent]] < values[heap[child]] else { return }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
