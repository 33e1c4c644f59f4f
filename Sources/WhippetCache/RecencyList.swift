// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Values in the order of their use, each at a place that stays the same: a list with links in both directions, in one
/// array.
///
/// Adding, using and removing take constant time.
struct RecencyList<Value> {
    private struct Node {
        var value: Value?
        var previous: Int32
        var next: Int32
    }

    private var nodes: [Node] = []
    /// Places that are free.
    private var free: [Int32] = []
    /// The value that was used last; −1 for none.
    private var first: Int32 = -1
    /// The value that was not used for the longest time; −1 for none.
    private var last: Int32 = -1

    /// How many values there are.
    private(set) var count = 0

    /// The place of the value that was not used for the longest time.
    var oldest: Int32? { last < 0 ? nil : last }

    /// The value at a place that is in use.
    subscript(place: Int32) -> Value? { nodes[Int(place)].value }

    /// All values, in no order.
    var values: [Value] { nodes.compactMap(\.value) }

    /// Adds a value as the one that was used last; returns its place.
    mutating func add(_ value: Value) -> Int32 {
        let place: Int32
        if let reused = free.popLast() {
            place = reused
            nodes[Int(place)].value = value
        } else {
            place = Int32(nodes.count)
            nodes.append(Node(value: value, previous: -1, next: -1))
        }
        count += 1
        link(place)
        return place
    }

    /// Notes that the value at a place was used.
    mutating func use(_ place: Int32) {
        guard place != first else { return }
        unlink(place)
        link(place)
    }

    /// Takes the value at a place out.
    mutating func remove(_ place: Int32) -> Value? {
        unlink(place)
        free.append(place)
        count -= 1
        let value = nodes[Int(place)].value
        nodes[Int(place)].value = nil
        return value
    }

    // MARK: - Algorithm

    private mutating func link(_ place: Int32) {
        nodes[Int(place)].previous = -1
        nodes[Int(place)].next = first
        if first >= 0 { nodes[Int(first)].previous = place } else { last = place }
        first = place
    }

    private mutating func unlink(_ place: Int32) {
        let previous = nodes[Int(place)].previous
        let next = nodes[Int(place)].next
        if previous >= 0 { nodes[Int(previous)].next = next } else { first = next }
        if next >= 0 { nodes[Int(next)].previous = previous } else { last = previous }
    }
}
