// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
internal import WhippetInfra

/// Runs of work by key, of which there is one at a time: who asks for a key that is being worked on waits for that run.
// Not generic over its key: to make such a class the runtime looks for the key's conformance among all of the program.
final class Flights<Value: Sendable>: Sendable {
    private struct Flight {
        var number: UInt64
        /// Nil until it is known.
        var task: Task<Void, Never>?
        var waiting: [UInt64: CheckedContinuation<Value?, Never>] = [:]
        /// Whether it goes on when nobody waits.
        var isBackground: Bool
    }

    private typealias Idle = [CheckedContinuation<Void, Never>]

    private struct State {
        var flights: [CacheKey: Flight] = [:]
        var count: UInt64 = 0
        var background = 0
        var idle: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Locked(State())
    private let maximumBackground: Int

    /// - Parameter maximumBackground: How many runs nobody waits for.
    init(maximumBackground: Int = 64) {
        self.maximumBackground = maximumBackground
    }

    /// Whether a key is being worked on.
    func isRunning(_ key: CacheKey) -> Bool {
        state.withLock { $0.flights[key] != nil }
    }

    /// How many wait for the run of a key.
    func waitingCount(_ key: CacheKey) -> Int {
        state.withLock { $0.flights[key]?.waiting.count ?? 0 }
    }

    /// Waits for the run of a key; begins one if there is none.
    ///
    /// A run outlives the one who began it as long as others wait for it; when the last one is cancelled, so is the run.
    /// - Returns: What the run gave, and whether it was begun here; nil when the task that waits was cancelled.
    func value(
        _ key: CacheKey, _ work: @escaping @Sendable () async -> Value
    ) async -> (value: Value, isOwn: Bool)? {
        let (number, isOwn) = state.withLock { state -> (UInt64, Bool) in
            state.count += 1
            let isOwn = state.flights[key] == nil
            if isOwn { state.flights[key] = Flight(number: state.count, isBackground: false) }
            return (state.count, isOwn)
        }
        let value = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { state -> Bool in
                    guard !Task.isCancelled, state.flights[key] != nil else { return false }
                    state.flights[key]?.waiting[number] = continuation
                    return true
                }
                guard isWaiting else {
                    if isOwn { finish(key, number, nil) }
                    return continuation.resume(returning: nil)
                }
                if isOwn { start(key, number, work) }
            }
        } onCancel: {
            leave(key, number)
        }
        guard let value else {
            // The run ended between the look at it and the wait for it: begin anew, unless this task is to end.
            return Task.isCancelled || isOwn ? nil : await self.value(key, work)
        }
        return (value, isOwn)
    }

    /// Begins a run that nobody waits for and waits for its end; does nothing when the key is being worked on, or when
    /// there are too many such runs.
    func background(_ key: CacheKey, _ work: @escaping @Sendable () async -> Value) async {
        let number = state.withLock { state -> UInt64? in
            guard state.flights[key] == nil, state.background < maximumBackground else { return nil }
            state.count += 1
            state.background += 1
            state.flights[key] = Flight(number: state.count, isBackground: true)
            return state.count
        }
        guard let number else { return }
        finish(key, number, await work())
    }

    /// Returns when nothing runs.
    func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state -> Bool in
                if !state.flights.isEmpty { state.idle.append(continuation) }
                return state.flights.isEmpty
            }
            if isIdle { continuation.resume() }
        }
    }

    // MARK: - Algorithm

    private func start(_ key: CacheKey, _ number: UInt64, _ work: @escaping @Sendable () async -> Value) {
        // A task of its own: its client may leave while others wait. It is cancelled with the last of them, so that there
        // are no more of these tasks than requests; detached, since it must not keep the scope of the first.
        let task = Task.detached { [self] in finish(key, number, await work()) }
        let isWanted = state.withLock { state -> Bool in
            guard state.flights[key]?.number == number else { return false }
            state.flights[key]?.task = task
            return true
        }
        // It has ended, or the last who waited left before the task was known.
        if !isWanted { task.cancel() }
    }

    private func finish(_ key: CacheKey, _ number: UInt64, _ value: Value?) {
        let (waiting, idle) = state.withLock { state -> ([CheckedContinuation<Value?, Never>], Idle) in
            guard let flight = state.flights[key], flight.number == number else { return ([], []) }
            return (Array(flight.waiting.values), Self.remove(key, &state))
        }
        for continuation in waiting { continuation.resume(returning: value) }
        for continuation in idle { continuation.resume() }
    }

    /// The task that waits under a number is cancelled.
    private func leave(_ key: CacheKey, _ number: UInt64) {
        let (continuation, task, idle) = state.withLock {
            state -> (CheckedContinuation<Value?, Never>?, Task<Void, Never>?, Idle) in
            guard let continuation = state.flights[key]?.waiting.removeValue(forKey: number) else {
                return (nil, nil, [])
            }
            guard let flight = state.flights[key], flight.waiting.isEmpty, !flight.isBackground else {
                return (continuation, nil, [])
            }
            // Whoever asks next begins a new run: this one ends with an error.
            return (continuation, flight.task, Self.remove(key, &state))
        }
        task?.cancel()
        continuation?.resume(returning: nil)
        for continuation in idle { continuation.resume() }
    }

    /// Takes a run out; returns who waits for the end of the last one, if it was.
    private static func remove(_ key: CacheKey, _ state: inout State) -> Idle {
        if state.flights.removeValue(forKey: key)?.isBackground == true { state.background -= 1 }
        guard state.flights.isEmpty else { return [] }
        defer { state.idle = [] }
        return state.idle
    }
}
