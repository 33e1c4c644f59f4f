// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem
internal import WhippetFetch

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A listening socket of one loop: accepts connections and hands them out.
final class Listener: Channel {
    private let worker: Worker
    private let address: ListenAddress
    private let authority: String
    /// Where accepted connections go; nil: to the listener's own worker.
    ///
    /// A socket that only one loop listens on hands its connections round.
    private let workers: [Worker]
    private var nextWorker = 0
    private var isPaused = false
    private var isEnding = false
    /// When the operator was told last that nothing can be accepted, in milliseconds of the loop's clock.
    private var warned = -Int64.max
    private static let batch = 64

    init(_ socket: ListenSocket, worker: Worker, workers: [Worker]) {
        self.worker = worker
        self.address = socket.address
        authority = socket.address.authority
        self.workers = workers
        super.init(descriptor: socket.descriptor)
    }

    override func ready(_ readiness: Readiness) {
        accept(atMost: Self.batch)
    }

    /// Accepts all that the system has ready, before the listener closes.
    ///
    /// Who comes between the last of them and the close would be let in by the system and reset: so nobody is let in
    /// from here on. A client that tries waits a second for the system's second attempt, and is refused.
    func acceptAll() {
        isEnding = true
        #if os(Linux)
        if case .tcp = address { _ = whippet_drop_connections(descriptor) }
        #endif
        accept(atMost: .max)
    }

    /// Removes the file of a Unix socket that has been closed.
    func removeFile() {
        if case .unix(let path) = address { unlink(path) }
    }

    private func accept(atMost limit: Int) {
        var accepted = 0
        while accepted < limit {
            // Those that wait when the listener closes are let in beyond the limit: nobody else would answer them.
            guard isEnding || worker.quota.hasRoom else { return pause() }
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let descriptor = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    whippet_accept(self.descriptor, $0, &length)
                }
            }
            guard descriptor >= 0 else {
                let error = -descriptor
                switch error {
                case EAGAIN: return
                case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                    warn(error)
                    return pause()
                default: accepted += 1
                }
                continue
            }
            accepted += 1
            admit(descriptor, SocketAddress(storage))
        }
    }

    /// Tells the operator, once in ten seconds, why nothing can be accepted.
    private func warn(_ error: Int32) {
        guard warned < worker.loop.now - 10_000 else { return }
        warned = worker.loop.now
        worker.warn("Can't accept connections: \(String(cString: strerror(error))).")
    }

    /// Stops accepting for a moment, instead of spinning on a connection that can't be taken.
    private func pause() {
        guard !isPaused else { return }
        isPaused = true
        worker.loop.modify(self, interest: [])
        worker.loop.schedule(after: 50) { [self] in
            guard descriptor >= 0 else { return }
            isPaused = false
            worker.loop.modify(self, interest: .readable)
        }
    }

    private func admit(_ descriptor: Int32, _ remote: SocketAddress) {
        // Here, not where it is handed to: a loop that is blocked would be handed any number.
        worker.quota.take()
        if case .tcp = address {
            var one: Int32 = 1
            setsockopt(
                descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        }
        let client = ClientLink(
            scheme: "http", remoteAddress: remote.host, fallbackAuthority: authority,
            trustedProxies: worker.configuration.trustedProxies)
        // A worker that ends takes its last connections itself: the others end too.
        guard !workers.isEmpty, !isEnding else { return Self.hand(descriptor, client, to: worker) }
        let next = workers[nextWorker % workers.count]
        nextWorker &+= 1
        next.loop.execute { Self.hand(descriptor, client, to: next) }
    }

    private static func hand(_ descriptor: Int32, _ client: ClientLink, to worker: Worker) {
        let connection =
            worker.isRunning ? Connection(descriptor: descriptor, client: client, worker: worker) : nil
        guard let connection, worker.add(connection) else {
            systemClose(descriptor)
            return worker.quota.giveBack()
        }
        if worker.shared.pointee.isDraining { connection.drain() }
    }
}
