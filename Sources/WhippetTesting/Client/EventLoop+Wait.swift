// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetServer

extension EventLoop {
    /// Runs `body` on the loop's thread with a continuation, and waits until it is resumed.
    ///
    /// The task itself goes to the loop to wait, so that it has stopped before the loop can resume it: where two threads
    /// do both at once, Thread Sanitizer does not see what the runtime does to keep them apart.
    func wait<Value: Sendable>(
        _ body: @escaping @Sendable (UnsafeContinuation<Value, any Error>) -> Void
    ) async throws -> Value {
        try await withTaskExecutorPreference(self) {
            try await withUnsafeThrowingContinuation { continuation in
                execute { body(continuation) }
            }
        }
    }
}
