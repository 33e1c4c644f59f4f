// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Something to do once the domain's lock is free: resume a reader, call or release an object of the user's.
///
/// The link to the next item lies in the item, so that posting one costs no allocation. An item may be posted again
/// only after its `deliver` has begun.
class OutboxItem {
    fileprivate var next: OutboxItem?

    /// Does it; called without any lock.
    func deliver() {}
}

/// The items of one turn in the domain, in the order they were posted.
struct Outbox {
    private var head: OutboxItem?
    private var tail: OutboxItem?

    var isEmpty: Bool { head == nil }

    mutating func post(_ item: OutboxItem) {
        assert(item.next == nil && tail !== item, "an item is posted twice")
        if let tail {
            tail.next = item
        } else {
            head = item
        }
        tail = item
    }

    /// Hands the items over and forgets them.
    mutating func take() -> OutboxItem? {
        let taken = head
        head = nil
        tail = nil
        return taken
    }

    /// Delivers a list of items that was taken.
    static func deliver(_ first: OutboxItem) {
        var item: OutboxItem? = first
        while let current = item {
            // The link is read first: delivery may wake a thread that posts the same item anew.
            item = current.next
            current.next = nil
            current.deliver()
        }
    }
}

/// An item that runs a closure: for what happens once in a stream's life.
final class OutboxAction: OutboxItem {
    private let action: () -> Void

    init(_ action: @escaping () -> Void) {
        self.action = action
    }

    override func deliver() {
        action()
    }
}

/// An item that keeps an object until the lock is free.
final class OutboxRelease: OutboxItem {
    private var object: AnyObject?

    init(_ object: AnyObject) {
        self.object = object
    }

    override func deliver() {
        object = nil
    }
}
