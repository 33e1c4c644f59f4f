// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The lock, the job queue and the outbox of a group of streams that belong together.
///
/// Every entry locks, runs the core, drains the jobs, unlocks, and then empties the outbox: user code never runs under
/// the lock, and no object of the user's is released under it. The branches of a tee share the domain of their source;
/// `merge` makes one domain of two, for pipes.
// SAFETY: all state is touched under `mutex` of the domain at the end of the `parent` chain; `parent` is set once,
// under the mutexes of both domains.
final class StreamDomain: JobQueue, @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var parent: StreamDomain?
    private var rank = 0
    private var jobs: [() -> Void] = []
    private var outboxHead: OutboxItem?
    private var outboxTail: OutboxItem?
    /// Whether there are jobs or items: one plain variable to look at where mostly there are none.
    private var hasWork = false
    #if DEBUG
    private var owner: pthread_t?
    #endif

    override init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        #if DEBUG
        var attributes = pthread_mutexattr_t()
        pthread_mutexattr_init(&attributes)
        pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_ERRORCHECK))
        pthread_mutex_init(mutex, &attributes)
        pthread_mutexattr_destroy(&attributes)
        #else
        pthread_mutex_init(mutex, nil)
        #endif
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deinitialize(count: 1)
        mutex.deallocate()
    }

    /// Runs `body` alone with all streams of the domain, then its jobs, then, unlocked, what it posted.
    func enter<Result>(_ body: () throws -> Result) rethrows -> Result {
        let root = lock()
        defer { root.leave() }
        return try body()
    }

    override func enqueue(_ job: @escaping () -> Void) {
        let root = held
        root.jobs.append(job)
        root.hasWork = true
    }

    override func release(_ object: AnyObject) {
        post(OutboxRelease(object))
    }

    override func warn(_ message: String) {
        post(OutboxAction { StreamWarnings.report(message) })
    }

    /// Has an item delivered as soon as the lock is free.
    func post(_ item: OutboxItem) {
        let root = held
        assert(item.next == nil && root.outboxTail !== item, "an item is posted twice")
        if let tail = root.outboxTail {
            tail.next = item
        } else {
            root.outboxHead = item
        }
        root.outboxTail = item
        root.hasWork = true
    }

    override var isHeld: Bool {
        #if DEBUG
        var root = self
        while let parent = root.parent { root = parent }
        return root.owner.map { pthread_equal($0, pthread_self()) != 0 } ?? false
        #else
        return true
        #endif
    }

    /// Makes one domain of two, neither of which the caller may have entered.
    func merge(_ other: StreamDomain) {
        while true {
            let (first, second) = (root(), other.root())
            guard first !== second else { return }
            let ordered = first.mutex < second.mutex ? (first, second) : (second, first)
            ordered.0.acquire()
            ordered.1.acquire()
            let areRoots = first.parent == nil && second.parent == nil
            if areRoots {
                let (child, root) = first.rank < second.rank ? (first, second) : (second, first)
                if child.rank == root.rank { root.rank += 1 }
                child.parent = root
                assert(!child.hasWork, "a domain is left only when its work is done")
            }
            ordered.0.relinquish()
            ordered.1.relinquish()
            if areRoots { return }
        }
    }

    // MARK: - The lock

    /// The domain whose lock the caller holds.
    private var held: StreamDomain {
        var root = self
        while let parent = root.parent { root = parent }
        return root
    }

    /// The domain that stands for this one now; another one may a moment later.
    private func root() -> StreamDomain {
        let root = lock()
        root.relinquish()
        return root
    }

    @inline(__always)
    private func lock() -> StreamDomain {
        acquire()
        if parent == nil { return self }
        return lockParent()
    }

    /// Climbs from a domain that is locked and was merged to the one that stands for it.
    @inline(never)
    private func lockParent() -> StreamDomain {
        var current = self
        while let parent = current.parent {
            current.relinquish()
            parent.acquire()
            current = parent
        }
        return current
    }

    @inline(__always)
    private func acquire() {
        #if DEBUG
        // A domain that one thread enters twice would wait for itself for ever: say so instead.
        let result = pthread_mutex_lock(mutex)
        precondition(result == 0, "StreamDomain: entered from within itself")
        owner = pthread_self()
        #else
        pthread_mutex_lock(mutex)
        #endif
    }

    @inline(__always)
    private func relinquish() {
        #if DEBUG
        owner = nil
        #endif
        pthread_mutex_unlock(mutex)
    }

    @inline(__always)
    private func leave() {
        if hasWork { drain() } else { relinquish() }
    }

    @inline(never)
    private func drain() {
        var index = 0
        while index < jobs.count {
            // The array grows while it is read, and lets go of its closures only when the lock is free.
            jobs[index]()
            index += 1
        }
        let spent = jobs
        if !spent.isEmpty { jobs = [] }
        var item = outboxHead
        outboxHead = nil
        outboxTail = nil
        hasWork = false
        relinquish()
        withExtendedLifetime(spent) {}
        while let current = item {
            // The link is read first: delivery may wake a thread that posts the same item anew.
            item = current.next
            current.next = nil
            current.deliver()
        }
    }
}
