// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetInfra
internal import WhippetStreams
internal import WhippetURL

/// A client's connection, as its requests know it: where it comes from, and the signal that tells when it leaves.
///
/// There is one per connection. Requests are numbered, so that a late abort never reaches another request's signal. The
/// signal is made when somebody asks for it.
package final class ClientLink: Sendable {
    /// `http` or `https`.
    package let scheme: String
    let isSecure: Bool
    /// The client's address, without the port.
    package let remoteAddress: String
    /// The authority of a request that names none, such as `127.0.0.1:3000`.
    package let fallbackAuthority: String

    /// The proxies, where the connection comes from one of them; else nil.
    package let trustedProxies: TrustedProxies?

    /// The origin of the first request whose URL somebody asked for: the others mostly have the same.
    private let origin = Atomic<Unmanaged<RequestOrigin>?>(nil)

    private struct Current {
        var number: UInt64 = 0
        var controller: AbortController?
        /// Why the request was aborted, if it was before anybody asked for its signal.
        var abortReason: (any Error)?
    }

    /// The number of the request that runs, 0 when none does.
    private let running = Atomic<UInt64>(0)
    /// Whether `current` holds anything: most requests never lock.
    private let isWatched = Atomic(false)
    private let current = Locked(Current())

    package init(
        scheme: String, remoteAddress: String, fallbackAuthority: String, trustedProxies: TrustedProxies = .none
    ) {
        self.trustedProxies =
            !trustedProxies.isEmpty && trustedProxies.contains(remoteAddress) ? trustedProxies : nil
        self.scheme = scheme
        isSecure = scheme == "https"
        self.remoteAddress = remoteAddress
        self.fallbackAuthority = fallbackAuthority
    }

    deinit {
        origin.load(ordering: .acquiring)?.release()
    }

    /// The URL of a request with this authority and target, nil where `RequestTarget` has to decide.
    func url(authority: UnsafeBufferPointer<UInt8>, target: UnsafeBufferPointer<UInt8>) -> URL? {
        // SAFETY: what is stored here is never replaced, and released with this object.
        if let origin = origin.load(ordering: .acquiring) {
            return origin._withUnsafeGuaranteedRef { $0.url(authority: authority, target: target) }
        }
        guard let made = RequestOrigin(isSecure: isSecure, authority: authority) else { return nil }
        let kept = Unmanaged.passRetained(made)
        let (isKept, _) = origin.compareExchange(expected: nil, desired: kept, ordering: .acquiringAndReleasing)
        if !isKept { kept.release() }
        return made.url(authority: authority, target: target)
    }

    /// What the route of a request says of a client that closes its side: the number twice, and 1 more if it waits.
    private let halfClose = Atomic<UInt64>(0)

    /// Notes whether the request with this number is answered though its client closes its side.
    package func setHalfClose(of number: UInt64, isAnswered: Bool) {
        halfClose.store(number &* 2 &+ (isAnswered ? 1 : 0), ordering: .relaxed)
    }

    /// Whether the request with this number is answered though its client closes its side; nil if its route does not
    /// say.
    package func isHalfCloseAnswered(of number: UInt64) -> Bool? {
        let noted = halfClose.load(ordering: .relaxed)
        return noted &- number &* 2 <= 1 ? noted & 1 == 1 : nil
    }

    /// The request with this number begins, and the one before it is over; called by the connection alone, as `end`.
    package func begin(_ number: UInt64) {
        running.store(number, ordering: .releasing)
    }

    /// The request with this number has been answered: whatever happens to the connection, its signal stays as it is.
    package func end(_ number: UInt64) {
        guard running.load(ordering: .relaxed) == number else { return }
        // No barrier between the two, which would cost more than the rest. So a task that asks for the signal at this very
        // moment may leave a controller behind: nothing aborts it, and the end of the next request finds it.
        running.store(0, ordering: .releasing)
        if isWatched.load(ordering: .acquiring) { forget() }
    }

    /// Aborts the signal of the request with this number, if it is the one that runs.
    package func abort(_ number: UInt64, reason: any Error) {
        isWatched.store(true, ordering: .releasing)
        let controller = current.withLock { current -> AbortController? in
            guard running.load(ordering: .acquiring) == number else { return nil }
            if current.number != number { current = Current(number: number) }
            if current.abortReason == nil { current.abortReason = reason }
            return current.controller
        }
        // Listeners run here, without the lock.
        controller?.abort(reason)
    }

    /// The signal of the request with this number; for one that is over, a signal that is never aborted.
    func signal(of number: UInt64) -> AbortSignal {
        isWatched.store(true, ordering: .releasing)
        return current.withLock { current -> AbortSignal in
            if current.number == number, let controller = current.controller { return controller.signal }
            let controller = AbortController()
            guard running.load(ordering: .acquiring) == number else { return controller.signal }
            if current.number != number { current = Current(number: number) }
            current.controller = controller
            // A new signal has no listeners that could run under the lock.
            if let reason = current.abortReason { controller.abort(reason) }
            return controller.signal
        }
    }

    /// Lets go of an earlier request's signal.
    private func forget() {
        let dropped = current.withLock { current -> AbortController? in
            // Under the lock: who asks for a signal after this sets it again.
            isWatched.store(false, ordering: .relaxed)
            defer { current = Current() }
            return current.controller
        }
        // Released here, without the lock.
        _ = dropped
    }
}
