// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// What an event loop shows of itself to the thread that looks whether it is blocked.
package final class LoopPulse: Sendable {
    /// When the turn began that runs, in milliseconds of the monotonic clock; 0 while the loop waits for events.
    private let turnStart = Atomic<Int64>(0)
    private let alarm = Atomic(false)

    /// A turn begins.
    ///
    /// This and `turnEnds` are a plain store each: they are all that a loop pays in a turn.
    @inline(__always)
    func turnBegins(_ now: Int64) {
        turnStart.store(now, ordering: .relaxed)
    }

    /// The loop waits for events.
    @inline(__always)
    func turnEnds() {
        turnStart.store(0, ordering: .relaxed)
    }

    /// Whether the turn has taken too long: what has just run is what blocked it.
    @inline(__always)
    var isLate: Bool { alarm.load(ordering: .relaxed) }

    /// How long the turn has taken, in milliseconds; from here on it counts anew.
    func takeDelay() -> Int64 {
        let now = Clock.monotonicMilliseconds()
        let start = turnStart.exchange(now, ordering: .relaxed)
        alarm.store(false, ordering: .relaxed)
        return start == 0 ? 0 : now - start
    }

    /// Sounds the alarm when a turn takes longer; how long it takes if the alarm is new, else nil.
    fileprivate func check(limit: Int64, now: Int64) -> Int64? {
        let start = turnStart.load(ordering: .relaxed)
        guard start != 0, now - start >= limit else { return nil }
        return alarm.exchange(true, ordering: .relaxed) ? nil : now - start
    }

    /// For how long a turn runs already; 0 while there is none.
    fileprivate func delay(_ now: Int64) -> Int64 {
        let start = turnStart.load(ordering: .relaxed)
        return start == 0 ? 0 : now - start
    }
}

/// One thread that looks at the event loops of the process, and sounds an alarm in those whose turn takes too long.
///
/// It only raises a flag. The loop itself sees it as soon as what blocked it has come back, and knows then what that was.
/// A loop that does not come back for ten times its limit gets a line that names nobody.
package final class Watchdog: Sendable {
    private struct Watched {
        let pulse: LoopPulse
        let limit: Int64
        let log: @Sendable (String) -> Void
        /// Whether the line about a loop that does not come back was written.
        var isReported = false
    }

    private struct State {
        var watched: [Watched] = []
        var isRunning = false
    }

    /// The one of the process.
    package static let shared = Watchdog()

    private let state = Locked(State())

    private let alarms = Atomic<Int>(0)

    /// How many alarms there have been.
    package var alarmCount: Int { alarms.load(ordering: .relaxed) }

    private init() {}

    /// Looks at a loop from now on.
    func watch(_ pulse: LoopPulse, limit: Duration, log: @escaping @Sendable (String) -> Void) {
        let watched = Watched(pulse: pulse, limit: max(1, limit.milliseconds), log: log)
        let starts = state.withLock { state in
            state.watched.append(watched)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if starts, !Thread.start({ self.run() }) { state.withLock { $0.isRunning = false } }
    }

    /// Looks at a loop no more.
    func forget(_ pulse: LoopPulse) {
        state.withLock { state in state.watched.removeAll { $0.pulse === pulse } }
    }

    private func run() {
        while let limit = state.withLock({ state -> Int64? in
            let limit = state.watched.map(\.limit).min()
            if limit == nil { state.isRunning = false }
            return limit
        }) {
            // A turn is noticed when it has taken a quarter more than its limit at the latest.
            usleep(useconds_t(clamping: max(1, min(limit / 4, 250)) * 1000))
            look(Clock.monotonicMilliseconds())
        }
    }

    private func look(_ now: Int64) {
        let lines = state.withLock { state -> [(@Sendable (String) -> Void, Int64)] in
            var lines: [(@Sendable (String) -> Void, Int64)] = []
            for index in state.watched.indices {
                let watched = state.watched[index]
                if watched.pulse.check(limit: watched.limit, now: now) != nil {
                    alarms.add(1, ordering: .relaxed)
                    state.watched[index].isReported = false
                }
                let delay = watched.pulse.delay(now)
                if delay >= 10 * watched.limit, !state.watched[index].isReported {
                    state.watched[index].isReported = true
                    lines.append((watched.log, delay))
                }
            }
            return lines
        }
        for (log, delay) in lines {
            log("An event loop has been blocked for \(delay) ms and still is: who blocks it is told when it goes on.")
        }
    }
}
