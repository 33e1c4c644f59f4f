// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// How many connections a server holds, over all its loops.
///
/// Loops that accept at the same moment may go beyond the limit by one each.
package final class ConnectionQuota: Sendable {
    private let limit: Int
    private let count = Atomic(0)

    /// Makes a quota of so many connections, or of what the process may have descriptors for.
    init(limit: Int) {
        self.limit = Self.limit(limit, descriptors: raiseDescriptorLimit())
    }

    /// How many connections are held where so many are wanted and the process may have so many descriptors: 64 of these,
    /// or half of few, are left for listeners, loops, files and other clients.
    package static func limit(_ wanted: Int, descriptors: Int) -> Int {
        max(1, min(wanted, max(descriptors - 64, descriptors / 2)))
    }

    /// Whether there is room for one more.
    var hasRoom: Bool { count.load(ordering: .relaxed) < limit }

    func take() {
        count.wrappingAdd(1, ordering: .relaxed)
    }

    func giveBack() {
        count.wrappingSubtract(1, ordering: .relaxed)
    }
}
