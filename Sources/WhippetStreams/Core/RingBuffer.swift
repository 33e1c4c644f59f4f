// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A first-in, first-out queue that keeps its memory: a queue that once held n elements takes n more for nothing.
///
/// It is a class over raw slots because every chunk of every stream passes through one: an array of optionals in a
/// stored property costs an exclusivity check, a uniqueness check and a tag for each.
// SAFETY: the `count` slots from `head` on, modulo `capacity`, are initialized and no others are; `capacity` is 0 or a
// power of two.
final class RingBuffer<Element> {
    private var slots: UnsafeMutablePointer<Element>?
    private var capacity = 0
    private var head = 0
    private(set) var count = 0

    deinit {
        guard let slots else { return }
        for offset in 0..<count { (slots + position(offset)).deinitialize(count: 1) }
        slots.deallocate()
    }

    var isEmpty: Bool { count == 0 }

    func append(_ element: Element) {
        let slots = slotsWithRoom()
        (slots + position(count)).initialize(to: element)
        count &+= 1
    }

    /// Takes out the oldest element.
    func popFirst() -> Element? {
        guard count > 0, let slots else { return nil }
        let element = (slots + head).move()
        head = position(1)
        count &-= 1
        return element
    }

    /// The oldest element.
    var first: Element? {
        guard count > 0, let slots else { return nil }
        return slots[head]
    }

    /// An element by its place, which must be there; the oldest has place 0.
    subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count, "RingBuffer: no element at \(index)")
        guard let slots else { preconditionFailure("RingBuffer: no memory") }
        return slots[position(index)]
    }

    /// Changes the oldest element in its place.
    func updateFirst(_ change: (inout Element) -> Void) {
        guard count > 0, let slots else { return }
        change(&slots[head])
    }

    /// The place of the first element that fits.
    func firstIndex(where fits: (Element) -> Bool) -> Int? {
        (0..<count).first { fits(self[$0]) }
    }

    /// Takes out the first element that fits.
    func remove(where fits: (Element) -> Bool) -> Element? {
        var removed: Element?
        // One turn of the ring keeps the order of the rest.
        for _ in 0..<count {
            guard let element = popFirst() else { break }
            if removed == nil, fits(element) {
                removed = element
            } else {
                append(element)
            }
        }
        return removed
    }

    private func position(_ offset: Int) -> Int {
        (head &+ offset) & (capacity &- 1)
    }

    private func slotsWithRoom() -> UnsafeMutablePointer<Element> {
        if let slots, count < capacity { return slots }
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: max(4, capacity * 2))
        if let slots {
            for offset in 0..<count { (larger + offset).moveInitialize(from: slots + position(offset), count: 1) }
            slots.deallocate()
        }
        slots = larger
        capacity = max(4, capacity * 2)
        head = 0
        return larger
    }
}
