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

/// Hands SIGTERM, SIGINT and SIGHUP to a function, on a thread of its own, until `end`.
///
/// A signal handler may do next to nothing: this one writes the signal's number to a pipe.
final class SignalWatch: Sendable {
    static let interrupt = SIGINT
    /// The pipe's end that the signal handler writes to; −1: nobody watches.
    private static let pipeEnd = Atomic<Int32>(-1)

    private let writeEnd: Int32
    /// A SIGHUP that `nohup` has the process ignore stays ignored.
    private let watched = systemIgnores(SIGHUP) ? [SIGTERM, SIGINT] : [SIGTERM, SIGINT, SIGHUP]

    /// Starts to watch; nil when somebody watches already, or the system has no pipe to give.
    ///
    /// - Parameter received: Takes the signal and whether it is the first one.
    init?(_ received: @escaping @Sendable (_ signal: Int32, _ isFirst: Bool) -> Void) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0, let readEnd = ends.first, let writeEnd = ends.last else { return nil }
        for end in [readEnd, writeEnd] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        self.writeEnd = writeEnd
        guard Self.pipeEnd.compareExchange(expected: -1, desired: writeEnd, ordering: .relaxed).exchanged else {
            systemClose(readEnd)
            systemClose(writeEnd)
            return nil
        }
        let isStarted = Thread.start {
            var isFirst = true
            var byte: UInt8 = 0
            while systemRead(readEnd, &byte, 1) == 1 {
                received(Int32(byte), isFirst)
                isFirst = false
            }
            systemClose(readEnd)
        }
        guard isStarted else { return nil }
        for number in watched { signal(number, Self.handle) }
    }

    /// Stops watching: the signals do again what they do by default.
    func end() {
        for number in watched { signal(number, SIG_DFL) }
        Self.pipeEnd.store(-1, ordering: .relaxed)
        systemClose(writeEnd)
    }

    private static let handle: @convention(c) (Int32) -> Void = { number in
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(pipeEnd.load(ordering: .relaxed), &byte, 1)
        errno = saved
    }
}
