// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A first-in, first-out queue that keeps its memory: a queue that once held n elements takes n more for nothing.
struct RingBuffer<Element> {
    private var slots: [Element?] = []
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// The oldest element.
    var first: Element? {
        count == 0 ? nil : slots[head]
    }

    mutating func append(_ element: Element) {
        if count == slots.count { grow() }
        var tail = head &+ count
        if tail >= slots.count { tail &-= slots.count }
        slots[tail] = element
        count &+= 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        var element: Element?
        swap(&element, &slots[head])
        head &+= 1
        if head == slots.count { head = 0 }
        count &-= 1
        return element
    }

    /// Takes out the first element that fits.
    mutating func remove(where fits: (Element) -> Bool) -> Element? {
        var kept = RingBuffer()
        var removed: Element?
        while let element = popFirst() {
            if removed == nil, fits(element) {
                removed = element
            } else {
                kept.append(element)
            }
        }
        self = kept
        return removed
    }

    private mutating func grow() {
        var larger: [Element?] = []
        larger.reserveCapacity(max(4, slots.count * 2))
        for index in 0..<count {
            let position = head + index
            larger.append(slots[position < slots.count ? position : position - slots.count])
        }
        while larger.count < larger.capacity { larger.append(nil) }
        slots = larger
        head = 0
    }
}
