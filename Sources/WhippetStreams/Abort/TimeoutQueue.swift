// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Fires timeouts one after another: the earlier deadline first, and of equal delays the one that was made first.
///
/// A task per timeout would not: the executor runs those that are due in any order. What
/// [run steps after a timeout](https://html.spec.whatwg.org/#run-steps-after-a-timeout) asks for in its step 4.
final class TimeoutQueue: Sendable {
    /// The queue of all signals.
    static let shared = TimeoutQueue()

    /// What a timeout is known by.
    struct Ticket: Sendable, Comparable {
        fileprivate let deadline: ContinuousClock.Instant
        fileprivate let number: UInt64

        static func < (left: Ticket, right: Ticket) -> Bool {
            left.deadline == right.deadline ? left.number < right.number : left.deadline < right.deadline
        }
    }

    private struct State: Sendable {
        var steps: [UInt64: @Sendable () -> Void] = [:]
        /// The tickets of `steps`, and of some that were removed: those of a server's requests hardly ever fire.
        var tickets = TicketHeap()
        var nextNumber: UInt64 = 0
        /// The task that waits for the first ticket; those of earlier numbers end when they wake.
        var sleeper: Task<Void, Never>?
        var sleeperNumber: UInt64 = 0
        /// Whether the sleeper is awake and looks for itself what comes next.
        var isFiring = false
    }

    private let state = Locked(State())

    /// Has `steps` run after some time, on a thread of the global executor.
    func add(after delay: Duration, _ steps: @escaping @Sendable () -> Void) -> Ticket {
        let deadline = ContinuousClock.now.advanced(by: delay)
        return state.withLock { state in
            let ticket = Ticket(deadline: deadline, number: state.nextNumber)
            state.nextNumber += 1
            state.steps[ticket.number] = steps
            state.tickets.insert(ticket)
            if state.tickets.first == ticket, !state.isFiring { sleep(until: deadline, &state) }
            return ticket
        }
    }

    /// Forgets a timeout; the steps of one that is due may run all the same.
    func remove(_ ticket: Ticket) {
        // The steps are released without the lock: they may hold the last reference to something.
        let removed = state.withLock { state -> (@Sendable () -> Void)? in
            let removed = state.steps.removeValue(forKey: ticket.number)
            if state.tickets.count > 2 * state.steps.count + 64 {
                state.tickets.keep { state.steps[$0.number] != nil }
            }
            return removed
        }
        withExtendedLifetime(removed) {}
    }

    // MARK: - Algorithm

    /// Replaces the sleeper by one that wakes at the deadline.
    private func sleep(until deadline: ContinuousClock.Instant, _ state: inout State) {
        state.sleeper?.cancel()
        state.sleeperNumber += 1
        let number = state.sleeperNumber
        state.sleeper = Task.detached { [self] in await run(number, until: deadline) }
    }

    /// Sleeps and fires until there is nothing to wait for, or another sleeper has taken over.
    private func run(_ number: UInt64, until first: ContinuousClock.Instant) async {
        var deadline = first
        while true {
            try? await Task.sleep(until: deadline, clock: .continuous)
            while let steps = takeDue(number) { steps() }
            guard let next = nextDeadline(number) else { return }
            deadline = next
        }
    }

    /// The steps of the next ticket that is due, taken out.
    private func takeDue(_ number: UInt64) -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.sleeperNumber == number else { return nil }
            state.isFiring = true
            while let first = state.tickets.first, first.deadline <= .now {
                state.tickets.removeFirst()
                if let steps = state.steps.removeValue(forKey: first.number) { return steps }
            }
            return nil
        }
    }

    /// When the sleeper is to wake next; nil if it has nothing to do.
    private func nextDeadline(_ number: UInt64) -> ContinuousClock.Instant? {
        state.withLock { state in
            guard state.sleeperNumber == number else { return nil }
            state.isFiring = false
            if state.steps.isEmpty { state.tickets.keep { _ in false } }
            if state.tickets.first == nil { state.sleeper = nil }
            return state.tickets.first?.deadline
        }
    }
}

/// Tickets of which the first is at hand: a binary heap.
private struct TicketHeap: Sendable {
    private var tickets: [TimeoutQueue.Ticket] = []

    var count: Int { tickets.count }
    var first: TimeoutQueue.Ticket? { tickets.first }

    mutating func insert(_ ticket: TimeoutQueue.Ticket) {
        tickets.append(ticket)
        var index = tickets.count - 1
        while index > 0, tickets[index] < tickets[(index - 1) / 2] {
            tickets.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = tickets.popLast(), !tickets.isEmpty else { return }
        tickets[0] = last
        siftDown(from: 0)
    }

    /// Drops those that fail a condition.
    mutating func keep(_ condition: (TimeoutQueue.Ticket) -> Bool) {
        tickets.removeAll { !condition($0) }
        for index in stride(from: tickets.count / 2 - 1, through: 0, by: -1) { siftDown(from: index) }
    }

    private mutating func siftDown(from start: Int) {
        var index = start
        while 2 * index + 1 < tickets.count {
            var child = 2 * index + 1
            if child + 1 < tickets.count, tickets[child + 1] < tickets[child] { child += 1 }
            guard tickets[child] < tickets[index] else { return }
            tickets.swapAt(child, index)
            index = child
        }
    }
}
