// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
internal import CWhippetSystem
internal import Glibc

/// The selector on Linux: level-triggered epoll, the channel's address as the event's data.
struct EpollSelector: Selector, ~Copyable {
    private let epoll: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private static let batch = 256

    /// Makes a selector; nil when the system has no descriptor to give.
    init?() {
        epoll = whippet_epoll_create()
        guard epoll >= 0 else { return nil }
        events = .allocate(capacity: Self.batch)
    }

    deinit {
        close(epoll)
        events.deallocate()
    }

    mutating func add(_ channel: Channel, interest: Readiness) -> Bool {
        control(whippet_control_add, channel, interest) == 0
    }

    mutating func modify(_ channel: Channel, interest: Readiness) {
        _ = control(whippet_control_modify, channel, interest)
    }

    mutating func remove(_ channel: Channel) {
        _ = control(whippet_control_remove, channel, [])
    }

    mutating func wait(milliseconds: Int32, _ deliver: (Channel, Readiness) -> Void) {
        let count = whippet_epoll_wait(epoll, events, Int32(Self.batch), milliseconds)
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            guard let data = whippet_event_data(events + index) else { continue }
            // SAFETY: a channel is kept alive by its loop until the batch in which it was removed is over.
            Unmanaged<Channel>.fromOpaque(data)._withUnsafeGuaranteedRef { channel in
                // A channel that an earlier event of this batch closed has nothing to say any more.
                guard channel.descriptor >= 0 else { return }
                deliver(channel, Self.readiness(whippet_event_flags(events + index)))
            }
        }
    }

    private func control(_ operation: some BinaryInteger, _ channel: Channel, _ interest: Readiness) -> Int32 {
        var flags: UInt32 = 0
        if interest.contains(.readable) { flags |= UInt32(whippet_readable) }
        if interest.contains(.writable) { flags |= UInt32(whippet_writable) }
        if interest.contains(.peerClosed) { flags |= UInt32(whippet_peer_closed) }
        let data = Unmanaged.passUnretained(channel).toOpaque()
        return whippet_epoll_control(epoll, Int32(operation), channel.descriptor, flags, data)
    }

    private static func readiness(_ flags: UInt32) -> Readiness {
        var readiness: Readiness = []
        if flags & UInt32(whippet_readable) != 0 { readiness.insert(.readable) }
        if flags & UInt32(whippet_writable) != 0 { readiness.insert(.writable) }
        if flags & UInt32(whippet_peer_closed) != 0 { readiness.insert(.peerClosed) }
        if flags & UInt32(whippet_failed | whippet_hung_up) != 0 { readiness.insert(.failed) }
        return readiness
    }
}

typealias SystemSelector = EpollSelector
#endif
