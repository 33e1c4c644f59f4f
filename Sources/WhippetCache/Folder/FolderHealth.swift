// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Whether the folder works: one line in the log when it ceases to, one when it works again, and pauses between
/// attempts, so that a broken disk costs a request nothing.
///
/// A disk that is nearly full takes one entry and refuses the next: what succeeds during a pause does not end it, and
/// what fails within a minute of the last line is not told again.
final class FolderHealth: Sendable {
    /// What may fail alone: a full disk can still be read.
    enum Work: Int, Sendable {
        case reading, writing
    }

    private struct State {
        var failures = 0
        /// When the next attempt is due, in milliseconds of the monotonic clock.
        var next: Int64 = 0
        /// When the log was told last, in the same milliseconds.
        var told: Int64?
        /// Whether the log has been told of this failure.
        var isTold = false
    }

    private static let longestPause: Int64 = 30_000
    private static let quiet: Int64 = 60_000

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
        let tells = states.withLock { states in
            var state = states[work.rawValue]
            // Those that began before the pause are one failure with it.
            if state.failures == 0 || now >= state.next {
                state.next = now + min(Self.longestPause, 1000 << Int64(min(state.failures, 5)))
                state.failures += 1
            }
            let tells = !state.isTold && state.told.map { now - $0 >= Self.quiet } ?? true
            if tells {
                state.told = now
                state.isTold = true
            }
            states[work.rawValue] = state
            return tells
        }
        guard tells else { return }
        let reason = (error as? FolderError).map { "\($0.operation.rawValue): \($0.reason)" } ?? "\(error)"
        log("The cache folder \(path) can't be \(work == .reading ? "used" : "written") (\(reason)); memory serves.")
    }

    /// Notes that it worked.
    func worked(_ work: Work) {
        guard states.withLock({ $0[work.rawValue].failures > 0 }) else { return }
        let now = clock()
        let tells = states.withLock { states in
            var state = states[work.rawValue]
            guard state.failures > 0, now >= state.next else { return false }
            let tells = state.isTold
            state.failures = 0
            state.isTold = false
            states[work.rawValue] = state
            return tells
        }
        if tells { log("The cache folder \(path) can be \(work == .reading ? "used" : "written") again.") }
    }
}
