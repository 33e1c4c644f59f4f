// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem
internal import Glibc

/// The descriptor through which other threads wake a sleeping loop.
// SAFETY: `wake` only writes to the descriptor, which the system lets any thread do; the rest is the loop's thread's.
final class Waker: Channel, @unchecked Sendable {
    private var isSignalled = false

    /// Makes a waker; nil when the system has no descriptor to give.
    init?() {
        let descriptor = whippet_eventfd()
        guard descriptor >= 0 else { return nil }
        super.init(descriptor: descriptor)
    }

    /// Wakes the loop, from any thread.
    func wake() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Whether somebody has called `wake` since the last time.
    func takeSignal() -> Bool {
        defer { isSignalled = false }
        return isSignalled
    }

    func close() {
        systemClose(descriptor)
    }

    override func ready(_ readiness: Readiness) {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
        isSignalled = true
    }
}
