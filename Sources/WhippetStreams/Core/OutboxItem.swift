// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Something to do once the domain's lock is free: resume a reader, call or release an object of the user's.
///
/// The link to the next item lies in the item, so that posting one costs no allocation. An item may be posted again
/// only after its `deliver` has begun.
class OutboxItem {
    var next: OutboxItem?

    /// Does it; called without any lock.
    func deliver() {}
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
