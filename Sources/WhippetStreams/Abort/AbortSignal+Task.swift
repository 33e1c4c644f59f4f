// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension AbortSignal {
    /// Runs an operation that is cancelled, as a task is, when the signal aborts.
    ///
    /// ```swift
    /// let answer = try await AbortSignal.timeout(.seconds(5)).run {
    ///     try await Task.sleep(for: .seconds(1))
    ///     return "in time"
    /// }
    /// ```
    ///
    /// The operation runs in a task of its own, which is cancelled too when the caller's task is, and whose end is
    /// awaited in any case.
    ///
    /// - Throws: The signal's reason, when it had aborted before, or when it has aborted and the operation ends with a
    ///   `CancellationError`; else what the operation throws.
    public func run<Success: Sendable>(
        _ operation: @escaping @Sendable () async throws -> Success
    ) async throws -> Success {
        try throwIfAborted()
        let task = Task(executorPreference: currentTaskExecutor()) { try await operation() }
        let listener = onabort { _ in task.cancel() }
        defer { listener.remove() }
        do {
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch let error as CancellationError {
            try throwIfAborted()
            throw error
        }
    }

    /// Runs an operation with a signal that aborts when the current task is cancelled.
    ///
    /// - Throws: What the operation throws.
    public static func withTaskCancellation<Success>(
        _ operation: (AbortSignal) async throws -> Success
    ) async rethrows -> Success {
        let controller = AbortController()
        return try await withTaskCancellationHandler {
            try await operation(controller.signal)
        } onCancel: {
            controller.abort()
        }
    }
}
