// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where the core's jobs go: the web's microtask queue, as far as the Streams Standard needs one.
///
/// The core calls nothing but these three. `StreamDomain` answers for Swift; a JavaScript engine answers with its own
/// microtasks and drops objects at once, because it has no lock that they could outlive.
class JobQueue {
    /// Runs `job` after the current operation, in the order of the calls.
    func enqueue(_ job: @escaping () -> Void) {}

    /// Takes an object over so that it is released where user code may run.
    func release(_ object: AnyObject) {}

    /// Whether the caller holds the queue's lock; asserted by the core's entries.
    var isHeld: Bool { true }
}
