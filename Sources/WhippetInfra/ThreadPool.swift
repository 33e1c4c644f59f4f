// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A bounded pool of threads for work that blocks: disk, name look-ups, long computations.
///
/// An event loop that waits for a disk stops every connection it serves; such work goes here. Threads are started when
/// work waits and none is idle, up to the limit, and stay.
// SAFETY: `queue` is touched only between pthread_mutex_lock and pthread_mutex_unlock of `mutex`.
package final class ThreadPool: @unchecked Sendable {
    /// The pool of the process.
    package static let shared = ThreadPool(limit: 8)

    private struct Queue {
        var work: [(@Sendable () -> Void)?] = []
        var first = 0
        var threads = 0
        var idle = 0
    }

    private let limit: Int
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var queue = Queue()

    /// Makes a pool of at most `limit` threads.
    package init(limit: Int) {
        self.limit = limit
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        pthread_cond_init(condition, nil)
    }

    // The threads hold the pool for ever: a pool lives as long as the process.

    /// Runs `work` on a thread of the pool and returns what it returns or throws.
    package func run<Result: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let result = await withUnsafeContinuation {
            (continuation: UnsafeContinuation<Swift.Result<Result, Failure>, Never>) in
            let pending = PendingWork(work)
            submit { continuation.resume(returning: pending.perform()) }
        }
        return try result.get()
    }

    /// Runs `work` on a thread of the pool, some time soon.
    package func submit(_ work: @escaping @Sendable () -> Void) {
        pthread_mutex_lock(mutex)
        queue.work.append(work)
        let waiting = queue.work.count - queue.first
        let startsThread = waiting > queue.idle && queue.threads < limit
        if startsThread { queue.threads += 1 }
        pthread_mutex_unlock(mutex)
        if startsThread, !startThread() {
            pthread_mutex_lock(mutex)
            queue.threads -= 1
            let nobodyLeft = queue.threads == 0
            pthread_mutex_unlock(mutex)
            // No thread could be had at all: better late on this one than never.
            if nobodyLeft { runOne() }
        }
        pthread_cond_signal(condition)
    }

    private func startThread() -> Bool {
        Thread.start { [self] in
            while true { work() }
        }
    }

    private func work() {
        pthread_mutex_lock(mutex)
        while queue.first == queue.work.count {
            queue.idle += 1
            pthread_cond_wait(condition, mutex)
            queue.idle -= 1
        }
        let next = takeFirst()
        pthread_mutex_unlock(mutex)
        next?()
    }

    private func runOne() {
        pthread_mutex_lock(mutex)
        let next = takeFirst()
        pthread_mutex_unlock(mutex)
        next?()
    }

    private func takeFirst() -> (@Sendable () -> Void)? {
        guard queue.first < queue.work.count else { return nil }
        let next = queue.work[queue.first].take()
        queue.first += 1
        if queue.first == queue.work.count {
            queue.work.removeAll(keepingCapacity: true)
            queue.first = 0
        } else if queue.first > 1024 {
            queue.work.removeFirst(queue.first)
            queue.first = 0
        }
        return next
    }
}

/// Work that lets go of what it refers to before anybody hears of its end: whoever waits for it may count on being the
/// last to hold a file or a lock.
// SAFETY: handed to one thread of the pool, which performs it once.
private final class PendingWork<Result, Failure: Error>: @unchecked Sendable {
    private var work: (@Sendable () throws(Failure) -> Result)?

    init(_ work: @escaping @Sendable () throws(Failure) -> Result) {
        self.work = work
    }

    func perform() -> Swift.Result<Result, Failure> {
        do throws(Failure) {
            guard let work = work.take() else { preconditionFailure("PendingWork.perform: called twice") }
            return .success(try work())
        } catch {
            return .failure(error)
        }
    }
}
