// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

/// The observers of an application.
struct Observation: Sendable {
    private let observers: [any Observer]
    private let now: @Sendable () -> Duration

    /// The number of the last request in this process.
    private static let lastID = Atomic<UInt64>(0)

    /// Nil without observers: nobody is told, and nothing is spent on it.
    init?(_ observers: [any Observer], now: @escaping @Sendable () -> Duration) {
        guard !observers.isEmpty else { return nil }
        self.observers = observers
        self.now = now
    }

    /// Tells observers of a request; who is returned hears how it ends.
    func begin(_ request: Request, route: String) -> ObservedAnswer {
        let id = Self.lastID.add(1, ordering: .relaxed).newValue
        let observed = ObservedRequest(id: id, request: request, route: route)
        for observer in observers { observer.requestStarted(observed) }
        return ObservedAnswer(observed, observers, now)
    }

    /// Tells observers of a measurement.
    func measure(_ measurement: ObservedMeasurement) {
        for observer in observers { observer.measured(measurement) }
    }

    /// Where lines for the operator go: where the program says, and to the observers; without a word of the program to
    /// standard error, unless an observer writes a log of its own.
    static func log(
        _ chosen: (@Sendable (String) -> Void)?, _ observers: [any Observer]
    ) -> @Sendable (String) -> Void {
        if observers.isEmpty { return chosen ?? StandardError.write }
        let write = chosen ?? (observers.contains { $0.takesLog } ? nil : StandardError.write)
        return { line in
            write?(line)
            let line = LogLine(line, severity: line.hasPrefix("500") ? .error : .warning)
            for observer in observers { observer.logged(line) }
        }
    }
}

/// Collects what observers are told at the end of a request.
final class ObservedAnswer: AnswerWatch {
    private struct State {
        var request: ObservedRequest
        var status = Status.internalServerError
        var error: (any Error)?
    }

    private let state: Locked<State>
    private let observers: [any Observer]
    private let now: @Sendable () -> Duration
    private let start: Duration

    init(_ request: ObservedRequest, _ observers: [any Observer], _ now: @escaping @Sendable () -> Duration) {
        state = Locked(State(request: request))
        self.observers = observers
        self.now = now
        start = now()
    }

    /// The answer has been made.
    func answered(_ status: Status) {
        state.withLock { $0.status = status }
    }

    func failed(_ error: any Error) {
        state.withLock { $0.error = error }
    }

    func moved(to route: String) {
        state.withLock { $0.request.route = route }
    }

    func ended(bytes: Int?, isComplete: Bool) {
        let state = state.withLock { $0 }
        let end = RequestEnd(
            status: state.status, bytes: bytes, duration: now() - start, isComplete: isComplete, error: state.error)
        for observer in observers { observer.requestEnded(state.request, end) }
    }
}
