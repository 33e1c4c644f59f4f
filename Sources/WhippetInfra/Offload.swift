// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Runs work that blocks (disk, a C library, a long computation) on a thread of its own and waits for its result.
///
/// An event loop serves many connections with one thread: a handler that blocks it stops them all. The threads are those
/// of the process's pool, eight at most; what comes while all are busy waits its turn. Work that has been handed over
/// runs to its end, also when the task that waits for it is cancelled, and sees no task-local values.
/// ```swift
/// let answer = await offload { (1...1_000_000).reduce(0, +) }
/// ```
///
/// - Returns: What `work` returns.
/// - Throws: What `work` throws.
public func offload<Result: Sendable, Failure: Error>(
    _ work: @escaping @Sendable () throws(Failure) -> Result
) async throws(Failure) -> Result {
    try await ThreadPool.shared.run(work)
}
