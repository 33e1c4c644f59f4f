// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Where the core's jobs go: the web's microtask queue, as far as the Streams Standard needs one.
///
/// The core asks its language for nothing else. `StreamDomain` answers for Swift; a JavaScript engine answers with its
/// own microtasks, promises and errors, and drops objects at once, because it has no lock that they could outlive.
class JobQueue {
    /// Runs `job` after the current operation, in the order of the calls.
    func enqueue(_ job: @escaping () -> Void) {}

    /// Takes an object over so that it is released where user code may run.
    func release(_ object: AnyObject) {}

    /// Whether the caller holds the queue's lock; asserted by the core's entries.
    var isHeld: Bool { true }

    /// Whether user code may run in the middle of an operation, because there is no lock to keep it out.
    var isReentrant: Bool { false }

    /// Makes [a new promise](https://webidl.spec.whatwg.org/#a-new-promise).
    func promise() -> CorePromise { CorePromise(self) }

    /// Makes a `TypeError` of the language, each time another one.
    func typeError(_ message: String) -> any Error { TypeError(message) }

    /// Makes a `RangeError` of the language, each time another one.
    func rangeError(_ message: String) -> any Error { RangeError(message) }

    /// Says that a stream is used in a way that costs much.
    func warn(_ message: String) {}

    /// Makes one reason of the two that the branches of a tee were cancelled for.
    func compositeReason(_ first: (any Error)?, _ second: (any Error)?) -> any Error {
        TeeCancelReason(first: first, second: second)
    }
}
