// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Something that tasks wait for until it is opened, whatever happens to them meanwhile.
package final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Locked(State())

    /// Makes a closed gate.
    package init() {}

    /// Opens the gate for good.
    package func open() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state = State(isOpen: true)
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until the gate is open.
    package func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
