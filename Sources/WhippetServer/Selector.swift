// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What may be done with a descriptor without waiting.
package struct Readiness: OptionSet {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes, a connection or the end of the stream can be read.
    package static let readable = Readiness(rawValue: 1)
    /// Bytes can be written.
    package static let writable = Readiness(rawValue: 2)
    /// The peer sends nothing more; it may still read.
    package static let peerClosed = Readiness(rawValue: 4)
    /// The connection is gone in both directions.
    package static let failed = Readiness(rawValue: 8)
}

/// The system's way to wait for many descriptors at once: epoll, later kqueue.
///
/// A selector holds no reference to its channels. Who removes one keeps it alive until the current `wait` is over,
/// because its event may stand in the same batch.
protocol Selector: ~Copyable {
    /// Starts to watch the channel's descriptor; false when the system refuses.
    mutating func add(_ channel: Channel, interest: Readiness) -> Bool
    /// Changes what is watched.
    mutating func modify(_ channel: Channel, interest: Readiness)
    /// Stops watching, before the descriptor is closed.
    mutating func remove(_ channel: Channel)
    /// Waits at most `milliseconds` (−1: for ever) and hands out what is ready.
    mutating func wait(milliseconds: Int32, _ deliver: (Channel, Readiness) -> Void)
}

/// Something with a descriptor that an event loop watches: a connection, a listener, a waker.
///
/// A channel belongs to one loop and is touched on its thread alone.
package class Channel {
    /// The descriptor; −1 once it is closed.
    final var descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Called by the loop when the descriptor is ready.
    func ready(_ readiness: Readiness) {}
}
