// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
package import WhippetHTTP1

/// How a server listens and what it bears; the defaults are those of a server on the open web.
public struct ServerConfiguration: Sendable {
    /// Where to listen.
    ///
    /// Empty: what `HOST` and `PORT` of the environment say, else port 3000 of 127.0.0.1 and ::1.
    public var addresses: [ListenAddress] = []

    /// How many event loops, each with a thread of its own; nil: one for each core.
    public var loops: Int?

    /// How many connections the server holds at most; more wait in the system's queue.
    ///
    /// It holds no more than the process may have descriptors, less 64 (or half of fewer than 128) for all else; `start` raises that number as far
    /// as the system lets it (the hard `RLIMIT_NOFILE`).
    public var connections = 10_000

    /// How many connections may wait to be accepted at each listening socket; nil: as many as the system lets.
    public var backlog: Int?

    /// What to do when a client closes its side while its handler runs.
    public var halfClose = HalfClose.cancel

    /// Whose word about a client is taken: that of no proxy unless it is said here.
    public var trustedProxies = TrustedProxies.none

    /// How much of a request is accepted.
    public var limits = Limits()

    /// How long a client may take.
    public var timeouts = Timeouts()

    /// How long running requests may take to finish after the first SIGTERM or a call of `shutdown`.
    public var drain = Duration.seconds(25)

    /// For how long a connection that was used a moment ago stays open when the server stops: its next request may be on
    /// its way.
    package var drainGrace = Duration.milliseconds(300)

    /// How long one turn of an event loop may take before a line names the route that blocked it; nil: nobody looks.
    ///
    /// A loop that is blocked answers nobody else: work that blocks belongs in `offload { }`.
    public var watchdog: Duration? = .milliseconds(100)

    /// Makes the configuration of defaults.
    public init() {}

    /// What a client's half-close means for the request that runs.
    public enum HalfClose: Sendable {
        /// The client is gone: what is ready goes out, then the handler is cancelled, within 50 milliseconds.
        case cancel
        /// The client waits: the handler is left to answer.
        case answer
    }

    /// How much of a request is accepted, in bytes and counts.
    public struct Limits: Sendable {
        /// The bytes of all field lines of a head; more is answered with 431.
        public var fieldBlockBytes = 32 * 1024
        /// The number of fields of a head; more is answered with 431.
        public var fieldCount = 100
        /// The bytes of a request's target; more is answered with 414.
        public var targetBytes = 16 * 1024
        /// The bytes of a chunked body beside its content: extensions, trailers and surplus digits of sizes; more is
        /// answered with 400, or with 431 for trailers.
        public var chunkOverheadBytes = 16 * 1024
        /// The bytes that `text()`, `json()`, `bytes()` and `formData()` read, unless the route says otherwise; more
        /// is answered with 413.
        ///
        /// A body read as a stream has no limit.
        public var bufferedBodyBytes = 1024 * 1024

        /// Makes the default limits.
        public init() {}

        package var head: MessageLimits {
            MessageLimits(fieldBlockBytes: fieldBlockBytes, fieldCount: fieldCount, targetBytes: targetBytes)
        }
    }

    /// How long a client may take, in milliseconds of the monotonic clock, looked at once a second.
    public struct Timeouts: Sendable {
        /// From a request's first byte to the end of its head.
        public var head: Int64 = 10_000
        /// Between two requests on a connection.
        public var keepAlive: Int64 = 15_000
        /// Between two pieces of a request's content, while the handler waits for it.
        public var content: Int64 = 15_000
        /// How many bytes of content a second the client is to send while the handler waits, over the time of `content`;
        /// 0 for any number.
        public var contentBytesPerSecond: Int64 = 240
        /// Between two moments at which the client takes bytes of the answer.
        public var write: Int64 = 30_000

        /// Makes the default timeouts.
        public init() {}

        /// For how many milliseconds some bytes of content count.
        func earned(by count: Int) -> Int64 {
            guard contentBytesPerSecond > 0 else { return content }
            let (thousandfold, overflow) = Int64(count).multipliedReportingOverflow(by: 1000)
            return overflow ? content : min(content, thousandfold / contentBytesPerSecond)
        }

        /// Bounds what is added to a clock: nobody waits for 35,000 years.
        mutating func clamp() {
            head = min(max(head, 0), 1 << 50)
            keepAlive = min(max(keepAlive, 0), 1 << 50)
            content = min(max(content, 0), 1 << 50)
            write = min(max(write, 0), 1 << 50)
            contentBytesPerSecond = max(contentBytesPerSecond, 0)
        }
    }
}
