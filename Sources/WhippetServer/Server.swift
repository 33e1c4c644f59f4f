// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra

/// An HTTP/1.1 server: event loops, each with its own listeners, connections and handlers.
///
/// ```swift
/// let server = Server { request in Response("Hello from \(request.url.pathname)") }
/// try server.start()
/// print(server.addresses)
/// await server.shutdown()
/// ```
///
/// `App` builds one for its routes; a program needs this type only to serve a plain function.
public final class Server: Sendable {
    /// Answers a request; runs on the event loop of the request's connection and must not block it.
    public typealias Handler = @Sendable (Request) async -> Response

    private struct State {
        var workers: [Worker] = []
        var addresses: [ListenAddress] = []
        var runningLoops = 0
        var waiting: [Waiting] = []
        var isShuttingDown = false
    }

    /// Who waits for the end.
    // A type of its own: for an array of generic continuations the runtime looks for `Never: Error` among all conformances
    // of the program.
    private struct Waiting {
        let continuation: UnsafeContinuation<Void, Never>
    }

    /// How the server listens and what it bears.
    public let configuration: ServerConfiguration

    private let responder: any Responder
    private let log: @Sendable (String) -> Void
    private let state = Locked(State())

    /// Makes a server that does not listen yet.
    ///
    /// - Parameters:
    ///   - configuration: How to listen and what to bear.
    ///   - log: Takes one line for the operator; by default it goes to standard error.
    ///   - handler: Answers a request.
    public convenience init(
        configuration: ServerConfiguration = ServerConfiguration(),
        log: @escaping @Sendable (String) -> Void = StandardError.write,
        handler: @escaping Handler
    ) {
        self.init(configuration: configuration, log: log, responder: FunctionResponder(handler))
    }

    package init(
        configuration: ServerConfiguration, log: @escaping @Sendable (String) -> Void, responder: any Responder
    ) {
        self.configuration = configuration
        self.log = log
        self.responder = responder
    }

    /// Where the server listens, with the ports that the system chose; empty before `start`.
    public var addresses: [ListenAddress] { state.withLock { $0.addresses } }

    /// Starts to listen and to answer, and returns at once.
    ///
    /// - Throws: `ListenError` when an address can't be listened on: taken, not permitted, or none of this machine's.
    public func start() throws(ListenError) {
        if let invalid = configuration.trustedProxies.invalid.first {
            throw ListenError("trustedProxies: \"\(invalid)\" is no address and no block of addresses")
        }
        let addresses =
            configuration.addresses.isEmpty ? [try ListenAddress.fromEnvironment()] : configuration.addresses
        let count = max(1, configuration.loops ?? activeProcessorCount())
        var groups: [[ListenSocket]] = []
        do {
            for address in addresses { groups += try ListenSocket.open(address, copies: count) }
            if let backlog = configuration.backlog { for socket in groups.joined() { socket.setBacklog(backlog) } }
        } catch {
            for socket in groups.joined() { systemClose(socket.descriptor) }
            throw error
        }
        let workers = makeWorkers(count)
        guard workers.count == count else {
            for worker in workers { worker.loop.stop() }
            for socket in groups.joined() { systemClose(socket.descriptor) }
            throw ListenError("Can't start \(count) event loops: the system has no descriptors to give.")
        }
        let bound = groups.compactMap { $0.first?.address }
        state.withLock { state in
            state.workers = workers
            state.addresses = bound
            state.runningLoops = count
            state.isShuttingDown = false
        }
        for (index, worker) in workers.enumerated() {
            let sockets = groups.compactMap { group -> ListenSocket? in
                group.count > 1 || count == 1 ? group[index] : (index == 0 ? group.first : nil)
            }
            let shares = groups.map { $0.count == 1 && count > 1 }
            worker.loop.execute {
                worker.start(
                    zip(sockets, shares).map { socket, isShared in
                        Listener(socket, worker: worker, workers: isShared ? workers : [])
                    })
            }
            if !worker.loop.start(ended: { [self] in loopEnded() }) { loopEnded() }
        }
    }

    private func makeWorkers(_ count: Int) -> [Worker] {
        let quota = ConnectionQuota(limit: configuration.connections)
        return (0..<count).compactMap { _ in
            EventLoop().map {
                Worker(loop: $0, responder: responder, configuration: configuration, quota: quota, log: log)
            }
        }
    }

    // MARK: - The end

    /// Stops accepting, lets running requests finish and returns when all is done.
    ///
    /// - Parameter deadline: After this time, by default `configuration.drain`, what still runs is cancelled and cut.
    public func shutdown(within deadline: Duration? = nil) async {
        beginShutdown(within: deadline ?? configuration.drain)
        await waitUntilStopped()
    }

    /// Returns when the server has stopped; at once when it does not run.
    public func waitUntilStopped() async {
        await withUnsafeContinuation { continuation in
            let isStopped = state.withLock { state in
                if state.runningLoops > 0 { state.waiting.append(Waiting(continuation: continuation)) }
                return state.runningLoops == 0
            }
            if isStopped { continuation.resume() }
        }
    }

    /// Starts the server and returns after a SIGTERM, SIGINT or SIGHUP has ended it: the first lets running requests finish,
    /// a second cuts them.
    ///
    /// In development SIGINT, which is Ctrl-C, waits for a moment only.
    ///
    /// - Parameter started: Called once the server listens.
    /// - Throws: `ListenError`, as `start` does.
    public func run(started: () -> Void = {}) async throws(ListenError) {
        prepareProcess()
        try start()
        // The system's part of Swift's concurrency opens descriptors at the first sleep, and ends the process when there
        // are none: here it gets them before anybody is told that the server listens, and clients take all.
        try? await Task.sleep(for: .milliseconds(1))
        let watch = SignalWatch { [self] signal, isFirst in
            let isDeveloper = signal == SignalWatch.interrupt && RuntimeEnvironment.current == .development
            let drain = isDeveloper ? min(configuration.drain, .milliseconds(700)) : configuration.drain
            if isFirst { beginShutdown(within: drain) } else { cut() }
            endByForce(after: isFirst ? drain + .seconds(1) : .milliseconds(500))
        }
        started()
        await waitUntilStopped()
        watch?.end()
    }

    private func beginShutdown(within deadline: Duration) {
        let workers = state.withLock { state -> [Worker] in
            defer { state.isShuttingDown = true }
            return state.isShuttingDown ? [] : state.workers
        }
        for worker in workers { worker.loop.execute { worker.drain(within: deadline.milliseconds) } }
    }

    private func cut() {
        for worker in state.withLock({ $0.workers }) { worker.loop.execute { worker.cut() } }
    }

    /// Ends the process if an event loop does not end in time: one that a handler blocks hears nothing.
    private func endByForce(after delay: Duration) {
        _ = Thread.start { [self] in
            systemSleep(milliseconds: delay.milliseconds)
            guard state.withLock({ $0.runningLoops > 0 }) else { return }
            log("An event loop is blocked and does not end: the process ends without it.")
            exitProcess(status: 1)
        }
    }

    private func loopEnded() {
        let waiting = state.withLock { state -> [Waiting] in
            state.runningLoops -= 1
            guard state.runningLoops == 0 else { return [] }
            state.workers = []
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiting in waiting { waiting.continuation.resume() }
    }
}
