// SPDX-License-Identifier: Apache-2.0

/// A list of so many values, each worked out from its place.
///
/// In the loops that see every sample; appending asks at each value whether there is room for it.
@inline(__always)
func list<Value>(_ count: Int, _ value: (Int) -> Value) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { places, made in
        for index in 0..<count { places.initializeElement(at: index, to: value(index)) }
        made = count
    }
}
