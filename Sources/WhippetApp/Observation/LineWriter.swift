// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Lines on their way to somebody slow: who writes one never waits.
final class LineWriter: Sendable {
    private struct State {
        var lines: [[UInt8]] = []
        var byteCount = 0
        var dropped = 0
        var isWriting = false
        var waiting: [UnsafeContinuation<Void, Never>] = []
    }

    /// Few threads for all writers of the process; one that blocks for ever takes one of them.
    private static let threads = ThreadPool(limit: 4)

    private let capacity: Int
    private let write: @Sendable (String) -> Void
    private let state = Locked(State())

    init(capacity: Int, _ write: @escaping @Sendable (String) -> Void) {
        self.capacity = capacity
        self.write = write
    }

    /// Puts a line behind those that wait, or drops and counts it where there is no room.
    func write(_ line: [UInt8]) {
        let begins = state.withLock { state in
            guard state.byteCount + line.count <= capacity else {
                state.dropped += 1
                return false
            }
            state.lines.append(line)
            state.byteCount += line.count
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if begins { Self.threads.submit { self.drain() } }
    }

    /// Returns when everything that waits now is written.
    func flush() async {
        await withUnsafeContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.isWriting { state.waiting.append(continuation) }
                return !state.isWriting
            }
            if isEmpty { continuation.resume() }
        }
    }

    private func drain() {
        while true {
            let (lines, dropped, waiting) = state.withLock { state in
                let taken = (state.lines, state.dropped, state.lines.isEmpty ? state.waiting : [])
                if state.lines.isEmpty {
                    state.isWriting = false
                    state.waiting = []
                }
                state.lines = []
                // The room is free at once: what is being written is bounded by the same number.
                state.byteCount = 0
                state.dropped = 0
                return taken
            }
            guard !lines.isEmpty else {
                for continuation in waiting { continuation.resume() }
                return
            }
            // Several lines in one piece: one system call for all that came meanwhile.
            write(String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self))
            if dropped > 0 {
                write(
                    "{\"severity_text\":\"warning\",\"body\":\"log lines dropped\",\"whippet.log.dropped\":\(dropped)}")
            }
        }
    }
}
