// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Counts tasks that nobody's answer waits for, so that somebody else can.
final class LeftWork: Sendable {
    private struct State {
        var count = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Locked(State())

    /// Begins an operation in a task of its own.
    ///
    /// `waitUntilDone` waits for it; it is bounded by what it does, as work after an answer is.
    func begin(_ operation: @escaping @Sendable () async -> Void) {
        state.withLock { $0.count += 1 }
        Task.detached { [self] in
            await operation()
            end()
        }
    }

    private func end() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.count -= 1
            guard state.count == 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when no task is left.
    func waitUntilDone() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state -> Bool in
                if state.count > 0 { state.waiting.append(continuation) }
                return state.count == 0
            }
            if isDone { continuation.resume() }
        }
    }
}
