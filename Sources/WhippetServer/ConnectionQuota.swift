// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// How many connections a server holds, over all its loops.
///
/// Loops that accept at the same moment may go beyond the limit by one each.
final class ConnectionQuota: Sendable {
    private let limit: Int
    private let count = Atomic(0)

    /// Descriptors that connections leave for all else: listeners, loops, files, other clients.
    private static let reserve = 64

    /// Makes a quota of so many connections, or of what the process may have descriptors for.
    init(limit: Int) {
        let descriptors = raiseDescriptorLimit()
        self.limit = max(1, min(limit, descriptors - Self.reserve))
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
