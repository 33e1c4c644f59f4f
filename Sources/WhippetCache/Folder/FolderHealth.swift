// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Whether the folder works: one line in the log when it ceases to, one when it works again, and pauses between
/// attempts, so that a broken disk costs a request nothing.
final class FolderHealth: Sendable {
    /// What may fail alone: a full disk can still be read.
    enum Work: Int, Sendable {
        case reading, writing
    }

    private struct State {
        var failures = 0
        /// When the next attempt is due, in milliseconds of the monotonic clock.
        var next: Int64 = 0
    }

    private static let longestPause: Int64 = 30_000

    private let path: String
    private let log: @Sendable (String) -> Void
    private let clock: @Sendable () -> Int64
    private let states = Locked([State(), State()])

    init(_ path: String, clock: @escaping @Sendable () -> Int64, log: @escaping @Sendable (String) -> Void) {
        self.path = path
        self.clock = clock
        self.log = log
    }

    /// Whether it works, or an attempt is due.
    func mayTry(_ work: Work) -> Bool {
        let next = states.withLock { $0[work.rawValue].failures == 0 ? nil : $0[work.rawValue].next }
        return next.map { clock() >= $0 } ?? true
    }

    /// Notes a failure; the pause grows from one second to half a minute.
    func failed(_ work: Work, _ error: any Error) {
        let now = clock()
        let isFirst = states.withLock { states in
            var state = states[work.rawValue]
            // Those that began before the pause are one failure with it.
            if state.failures == 0 || now >= state.next {
                state.next = now + min(Self.longestPause, 1000 << Int64(min(state.failures, 5)))
                state.failures += 1
            }
            defer { states[work.rawValue] = state }
            return states[work.rawValue].failures == 0
        }
        guard isFirst else { return }
        let reason = (error as? FolderError).map { "\($0.operation.rawValue): \($0.reason)" } ?? "\(error)"
        log("The cache folder \(path) can't be \(work == .reading ? "used" : "written") (\(reason)); memory serves.")
    }

    /// Notes that it worked.
    func worked(_ work: Work) {
        let wasBroken = states.withLock { states in
            defer { states[work.rawValue].failures = 0 }
            return states[work.rawValue].failures > 0
        }
        if wasBroken { log("The cache folder \(path) can be \(work == .reading ? "used" : "written") again.") }
    }
}
