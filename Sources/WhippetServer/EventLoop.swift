// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem
internal import Synchronization
internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// One thread that waits for descriptors and runs Swift tasks: a selector, a job queue and a few timers.
///
/// The loop is a `TaskExecutor`: tasks that prefer it, their child tasks, the continuations they wait for and the
/// default actors they call all run on its thread, so that what belongs to the loop needs no lock.
// SAFETY: `state` is touched on the loop's own thread only; other threads leave what they bring in `inbox`.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    private struct State: ~Copyable {
        var selector: SystemSelector
        var jobs = JobRing()
        var timers: [Timer] = []
        var closed: [Channel] = []
        var now = Clock.monotonicMilliseconds()
        var isStopped = false
        var turn: (() -> Void)?
    }

    private struct Timer {
        var deadline: Int64
        var action: () -> Void
    }

    private struct Inbox {
        var jobs: [UnownedJob] = []
        var work: [@Sendable () -> Void] = []
        var isSignalled = false
        var isClosed = false
    }

    private let state: UnsafeMutablePointer<State>
    private let inbox = Locked(Inbox())
    private let waker: Waker
    /// What the watchdog looks at.
    package let pulse = LoopPulse()
    /// The loop's thread, once it runs; 0 before.
    private let thread = Atomic<UInt>(0)

    /// Runs what tasks still have to do when their loop has ended, one job at a time.
    private static let afterwards = ThreadPool(limit: 1)

    /// Makes a loop; nil when the system has no descriptors to give.
    ///
    /// `start` runs it.
    package init?() {
        guard let selector = SystemSelector(), let waker = Waker() else { return nil }
        self.waker = waker
        state = .allocate(capacity: 1)
        state.initialize(to: State(selector: selector))
        guard state.pointee.selector.add(waker, interest: .readable) else { return nil }
    }

    deinit {
        waker.close()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Starts the loop's thread, which runs until `stop`; `ended` is called there at the very end.
    package func start(ended: @escaping @Sendable () -> Void) -> Bool {
        Thread.start { [self] in
            run()
            ended()
        }
    }

    /// Whether the caller runs on the loop's thread.
    package var isCurrent: Bool {
        thread.load(ordering: .relaxed) == Self.currentThread
    }

    // MARK: - From any thread

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            state.pointee.jobs.append(job)
        } else {
            deliver(
                { $0.jobs.append(job) },
                // A task that outlives its loop goes on elsewhere, so that it can end.
                late: { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) })
        }
    }

    /// Runs `work` on the loop's thread: at once when that is the caller's, else in its next turn.
    package func execute(_ work: @escaping @Sendable () -> Void) {
        if isCurrent { return work() }
        deliver({ $0.work.append(work) }, late: work)
    }

    private func deliver(_ put: (inout Inbox) -> Void, late: @escaping @Sendable () -> Void) {
        let (signals, isClosed) = inbox.withLock { inbox in
            guard !inbox.isClosed else { return (false, true) }
            put(&inbox)
            defer { inbox.isSignalled = true }
            return (!inbox.isSignalled, false)
        }
        if isClosed { Self.afterwards.submit(late) }
        if signals { waker.wake() }
    }

    // MARK: - On the loop's thread

    /// Milliseconds of the monotonic clock at the start of this turn.
    package var now: Int64 { state.pointee.now }

    /// What to do in each turn after the events.
    func onTurn(_ turn: @escaping () -> Void) {
        state.pointee.turn = turn
    }

    /// Ends the loop after this turn.
    func stop() {
        state.pointee.isStopped = true
        state.pointee.turn = nil
    }

    func add(_ channel: Channel, interest: Readiness) -> Bool {
        state.pointee.selector.add(channel, interest: interest)
    }

    func modify(_ channel: Channel, interest: Readiness) {
        state.pointee.selector.modify(channel, interest: interest)
    }

    /// Takes the channel out of the selector, closes its descriptor and keeps it alive until the turn is over.
    func close(_ channel: Channel) {
        guard channel.descriptor >= 0 else { return }
        state.pointee.selector.remove(channel)
        systemClose(channel.descriptor)
        channel.descriptor = -1
        state.pointee.closed.append(channel)
    }

    /// Runs `action` on the loop's thread, `milliseconds` from now.
    package func schedule(after milliseconds: Int64, _ action: @escaping () -> Void) {
        let deadline = state.pointee.now + milliseconds
        // Latest first, so that the next one is the last and leaves cheaply.
        var low = 0
        var high = state.pointee.timers.count
        while low < high {
            let middle = (low + high) / 2
            if state.pointee.timers[middle].deadline > deadline { low = middle + 1 } else { high = middle }
        }
        state.pointee.timers.insert(Timer(deadline: deadline, action: action), at: low)
    }

    /// Runs the jobs that are waiting now; those that they enqueue wait for the next round, so that no task that
    /// yields for ever keeps the loop from its descriptors.
    func runJobs() {
        var remaining = state.pointee.jobs.count
        while remaining > 0, let job = state.pointee.jobs.popFirst() {
            job.runSynchronously(on: asUnownedTaskExecutor())
            remaining -= 1
        }
    }

    private func run() {
        thread.store(Self.currentThread, ordering: .relaxed)
        while !state.pointee.isStopped {
            // The time of the first event is that of the whole turn: what the events set is counted from it.
            var isFresh = false
            state.pointee.selector.wait(milliseconds: timeout()) { channel, readiness in
                if !isFresh {
                    state.pointee.now = Clock.monotonicMilliseconds()
                    isFresh = true
                }
                channel.ready(readiness)
            }
            if !isFresh { state.pointee.now = Clock.monotonicMilliseconds() }
            pulse.turnBegins(state.pointee.now)
            if waker.takeSignal() { takeInbox() }
            runJobs()
            runTimers()
            // Last, for it sends what all of them have written.
            state.pointee.turn?()
            if !state.pointee.closed.isEmpty { state.pointee.closed.removeAll(keepingCapacity: true) }
            pulse.turnEnds()
        }
        // Tasks that still wait on this loop are resumed for the last time, so that they can end.
        inbox.withLock { $0.isClosed = true }
        takeInbox()
        for _ in 0..<100 where state.pointee.jobs.count > 0 { runJobs() }
        // Another thread may get this one's identity; what still runs goes on elsewhere, one job after another.
        thread.store(0, ordering: .relaxed)
        while let job = state.pointee.jobs.popFirst() {
            Self.afterwards.submit { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
        state.pointee.closed.removeAll()
        state.pointee.timers.removeAll()
    }

    private static var currentThread: UInt {
        #if canImport(Darwin)
        UInt(bitPattern: pthread_self())
        #else
        UInt(pthread_self())
        #endif
    }

    private func timeout() -> Int32 {
        if state.pointee.jobs.count > 0 { return 0 }
        guard let next = state.pointee.timers.last else { return -1 }
        return Int32(clamping: max(0, next.deadline - Clock.monotonicMilliseconds()))
    }

    private func runTimers() {
        while let next = state.pointee.timers.last, next.deadline <= state.pointee.now {
            state.pointee.timers.removeLast()
            next.action()
        }
    }

    private func takeInbox() {
        let (jobs, work) = inbox.withLock { inbox in
            defer {
                inbox.jobs.removeAll(keepingCapacity: true)
                inbox.work.removeAll(keepingCapacity: true)
                inbox.isSignalled = false
            }
            return (inbox.jobs, inbox.work)
        }
        for job in jobs { state.pointee.jobs.append(job) }
        for action in work { action() }
    }
}
