// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import CJavaScriptCore
import Foundation

/// What the engine's thread has still to do: timers, and what other threads hand over.
// SAFETY: `jobs`, `released` and `context` are touched under `condition`; timers on the engine's thread alone.
final class EventLoop: @unchecked Sendable {
    private struct Timer {
        let deadline: TimeInterval
        let number: Int
        let action: () -> Void
    }

    private let condition = NSCondition()
    private let thread = Foundation.Thread.current
    private var jobs: [() -> Void] = []
    private var released: [JSValueRef] = []
    private var context: JSGlobalContextRef?
    private var timers: [Timer] = []
    private var nextNumber = 1
    /// How many operations run elsewhere whose end will be posted.
    private var pendingCount = 0

    func attach(_ context: JSGlobalContextRef) {
        self.context = context
    }

    var isOnThread: Bool { Foundation.Thread.current === thread }

    // MARK: - From other threads

    /// Hands a closure over to the engine's thread.
    func post(_ job: @escaping () -> Void) {
        condition.withLock { jobs.append(job) }
        condition.signal()
    }

    /// Lets the collector have a value.
    func unprotect(_ value: JSValueRef) {
        if isOnThread {
            if let context { JSValueUnprotect(context, value) }
        } else {
            condition.withLock { released.append(value) }
        }
    }

    // MARK: - On the engine's thread

    /// Says that something runs elsewhere whose end is posted with `finish`.
    func begin() { pendingCount += 1 }

    /// Takes back one `begin`.
    func finish() { pendingCount -= 1 }

    /// Runs `action` after some milliseconds; returns the timer's number.
    func schedule(after milliseconds: Double, _ action: @escaping () -> Void) -> Int {
        let deadline = ProcessInfo.processInfo.systemUptime + max(milliseconds, 0) / 1000
        let timer = Timer(deadline: deadline, number: nextNumber, action: action)
        nextNumber += 1
        // Timers of equal deadlines fire in the order in which they were made.
        let index = timers.firstIndex { $0.deadline > deadline } ?? timers.endIndex
        timers.insert(timer, at: index)
        return timer.number
    }

    /// Forgets a timer.
    func cancel(_ number: Int) {
        timers.removeAll { $0.number == number }
    }

    /// Runs jobs and timers until `isDone`, or until nothing is left that could change that.
    func run(until isDone: () -> Bool) {
        while !isDone() {
            releaseValues()
            if let job = takeJob() {
                job()
            } else if let timer = timers.first, timer.deadline <= ProcessInfo.processInfo.systemUptime {
                timers.removeFirst()
                timer.action()
            } else if !wait() {
                return
            }
        }
    }

    /// Ends all work: what still arrives from other threads is dropped.
    func close() {
        timers = []
        condition.withLock {
            jobs = []
            released = []
            context = nil
        }
    }

    private func takeJob() -> (() -> Void)? {
        condition.withLock { jobs.isEmpty ? nil : jobs.removeFirst() }
    }

    private func releaseValues() {
        let values = condition.withLock { () -> [JSValueRef] in
            defer { released = [] }
            return released
        }
        for value in values { unprotect(value) }
    }

    /// Waits for a job or the next timer; false if there is none and none came within a moment's grace.
    private func wait() -> Bool {
        let isIdle = timers.isEmpty && pendingCount == 0
        let deadline = timers.first.map(\.deadline) ?? ProcessInfo.processInfo.systemUptime + (isIdle ? 0.3 : 3600)
        let date = Date(timeIntervalSinceNow: deadline - ProcessInfo.processInfo.systemUptime)
        return condition.withLock {
            if !jobs.isEmpty { return true }
            let isSignalled = condition.wait(until: date)
            return isSignalled || !isIdle
        }
    }
}
