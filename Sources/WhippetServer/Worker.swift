// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra

/// One event loop's share of the server: its listeners, its connections, and the drivers that run handlers for them.
// SAFETY: made before its loop runs and then touched on that loop's thread only.
final class Worker: @unchecked Sendable {
    let loop: EventLoop
    let responder: any Responder
    let configuration: ServerConfiguration
    let shared: UnsafeMutablePointer<Shared>
    private let log: @Sendable (String) -> Void

    /// What the worker's connections use in common, one at a time, behind a constant pointer.
    struct Shared: ~Copyable {
        /// Where sockets are read into; what is not used up at once moves to the connection's own buffer.
        var received: UnsafeMutableRawBufferPointer = .allocate(byteCount: 64 * 1024, alignment: 16)
        /// Answers that were not yet written, all of `owner`.
        var output = GatheredOutput()
        /// A connection gives this up before it ends.
        var owner: Unmanaged<Connection>?
        /// When the first of the parts of a body came that wait in the output, in milliseconds of the monotonic clock.
        var outputSince: Int64 = 0
        /// Requests that nobody refers to any more.
        var contents: [RequestContent] = []
        var heads = AnswerHeads()
        var ready: [Connection?] = []
        var firstReady = 0
        var idle: [Driver] = []
        var connections: [Connection] = []
        var listeners: [Listener] = []
        var drivers = 0
        var isDraining = false
        var endsIdleSoon = false
        var isStopped = false

        deinit {
            received.deallocate()
        }
    }

    init(
        loop: EventLoop, responder: any Responder, configuration: ServerConfiguration, quota: ConnectionQuota,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.loop = loop
        self.responder = responder
        var configuration = configuration
        configuration.timeouts.clamp()
        self.configuration = configuration
        self.log = log
        self.quota = quota
        shared = .allocate(capacity: 1)
        shared.initialize(to: Shared())
        loop.onTurn { [self] in drive() }
    }

    deinit {
        shared.deinitialize(count: 1)
        shared.deallocate()
    }

    /// One line for the operator.
    func warn(_ message: String) {
        log(message)
    }

    // MARK: - Handlers

    /// A connection has a request: some driver will run it in this turn.
    func enqueue(_ connection: Connection) {
        shared.pointee.ready.append(connection)
    }

    func takeReady() -> Connection? {
        guard shared.pointee.firstReady < shared.pointee.ready.count else {
            if shared.pointee.firstReady > 0 {
                shared.pointee.ready.removeAll(keepingCapacity: true)
                shared.pointee.firstReady = 0
            }
            return nil
        }
        // Taken out, not copied: a reference less to count.
        let next = shared.pointee.ready[shared.pointee.firstReady].take()
        shared.pointee.firstReady += 1
        return next
    }

    /// Wakes one driver after another until no request waits: a driver that comes back has parked itself, one that
    /// does not is waiting inside a handler.
    private func drive() {
        // A handler that waited has gone on, and waits again: it is one of those that have not answered yet.
        if loop.pulse.isLate { reportBlocked(by: handledRequests) }
        while shared.pointee.firstReady < shared.pointee.ready.count {
            let driver = shared.pointee.idle.popLast() ?? Driver(worker: self)
            driver.wake()
            loop.runJobs()
            if loop.pulse.isLate { reportBlocked(by: [driver.request]) }
            flushOutput()
        }
        flushOutput()
    }

    /// The requests whose handlers run or wait.
    private var handledRequests: [Request?] {
        shared.pointee.connections.compactMap { $0.state.pointee.driver?.takeUnretainedValue().request }
    }

    /// Writes the line about what has blocked the loop: one of these requests.
    func reportBlocked(by requests: [Request?]) {
        let delay = loop.pulse.takeDelay()
        guard delay > 0 else { return }
        let names = requests.compactMap { $0.map(responder.name) }
        let culprit =
            switch names.count {
            case 0: "the server's own work"
            case 1: names.joined()
            case 2...5: "one of " + names.joined(separator: ", ")
            default: "one of \(names.count) requests, such as \(names.prefix(3).joined(separator: ", "))"
            }
        warn(
            "An event loop was blocked for \(delay) ms by \(culprit). It answers nobody else meanwhile: "
                + "use offload { } for work that blocks or takes long.")
        responder.eventLoopBlocked(for: .milliseconds(delay), by: names.count == 1 ? names.first : nil)
    }

    /// Notes that the driver waits for work; false when it should end instead.
    func park(_ driver: Driver) -> Bool {
        let isOver = shared.pointee.isDraining && shared.pointee.connections.isEmpty
        guard !isOver, shared.pointee.idle.count < 256 else { return false }
        shared.pointee.idle.append(driver)
        return true
    }

    func driverStarted() {
        shared.pointee.drivers += 1
    }

    func driverEnded() {
        shared.pointee.drivers -= 1
        stopWhenDone()
    }

    /// Runs what was to wait for the end of a response; a drain waits for it as for a handler.
    func run(_ work: RequestScope.AfterWork) {
        driverStarted()
        Task(executorPreference: loop) { [self] in
            await RequestScope.run(work, log: log)
            driverEnded()
        }
    }

    // MARK: - Output

    /// Claims the common output buffer for a connection; what another one left there goes out first.
    func claimOutput(_ connection: Connection) {
        if let owner = shared.pointee.owner {
            if owner.toOpaque() == Unmanaged.passUnretained(connection).toOpaque() { return }
            // SAFETY: `Connection.close` ends the ownership, and a connection is referred to until it is closed.
            owner.takeUnretainedValue().flush()
        }
        shared.pointee.owner = .passUnretained(connection)
    }

    /// Whether the common output buffer holds bytes of this connection.
    @inline(__always)
    func ownsOutput(_ connection: Connection) -> Bool {
        shared.pointee.owner?.toOpaque() == Unmanaged.passUnretained(connection).toOpaque()
    }

    private func flushOutput() {
        // SAFETY: as in `claimOutput`.
        shared.pointee.owner?.takeUnretainedValue().flush()
    }

    // MARK: - Connections

    func add(_ connection: Connection) -> Bool {
        guard loop.add(connection, interest: [.readable, .peerClosed]) else { return false }
        connection.index = shared.pointee.connections.count
        shared.pointee.connections.append(connection)
        return true
    }

    func remove(_ connection: Connection) {
        let index = connection.index
        guard index >= 0, index < shared.pointee.connections.count else { return }
        let last = shared.pointee.connections.removeLast()
        if last !== connection {
            last.index = index
            shared.pointee.connections[index] = last
        }
        connection.index = -1
        quota.giveBack()
        stopWhenDone()
    }

    /// Whether the caller is on the worker's loop and the loop goes on.
    var isRunning: Bool { loop.isCurrent && !shared.pointee.isStopped }

    /// How many connections the server takes: each is counted from `accept` on.
    let quota: ConnectionQuota

    /// What a request is received into, reused where one is free.
    func takeContent() -> RequestContent {
        shared.pointee.contents.popLast() ?? RequestContent()
    }

    /// Takes a request back that nobody else refers to.
    func giveBack(_ content: consuming RequestContent) {
        guard shared.pointee.contents.count < 64, content.reset() else { return }
        shared.pointee.contents.append(content)
    }

    // MARK: - Start, deadlines, stop

    /// Begins to accept, on the loop's thread.
    func start(_ listeners: [Listener]) {
        shared.pointee.listeners = listeners
        for listener in listeners where !loop.add(listener, interest: .readable) {
            warn("A listener could not be watched.")
        }
        if let limit = configuration.watchdog { Watchdog.shared.watch(loop.pulse, limit: limit, log: log) }
        scheduleSweep()
    }

    /// Looks once a second for connections whose time is over: cheaper than a timer for each.
    ///
    /// Time in which the loop stood still, blocked by a handler or stopped with the process, does not count: what clients
    /// have sent meanwhile has not been read yet.
    private func scheduleSweep() {
        let due = loop.now + 1000
        loop.schedule(after: 1000) { [self] in
            guard !shared.pointee.isStopped else { return }
            let now = loop.now
            let delay = now - due
            // From the end: a connection that closes is replaced by the last one, which was looked at already.
            for index in stride(from: shared.pointee.connections.count - 1, through: 0, by: -1)
            where index < shared.pointee.connections.count {
                let connection = shared.pointee.connections[index]
                if delay > 1000 {
                    connection.postponeDeadline(by: delay)
                } else if connection.deadline <= now {
                    connection.expire()
                }
            }
            scheduleSweep()
        }
    }

    /// Stops accepting, closes idle connections and lets the others finish; what still runs after so many
    /// milliseconds is cut.
    func drain(within milliseconds: Int64) {
        guard isRunning, !shared.pointee.isDraining else { return }
        for listener in shared.pointee.listeners {
            // What the system has accepted already is a client that counts on an answer.
            listener.acceptAll()
            loop.close(listener)
            listener.removeFile()
        }
        shared.pointee.listeners.removeAll()
        shared.pointee.isDraining = true
        for connection in shared.pointee.connections { connection.drain() }
        loop.schedule(after: milliseconds) { [self] in cut() }
        stopWhenDone()
    }

    /// Ends connections without a request in a moment: what clients have sent already has come by then.
    func endIdleSoon() {
        guard !shared.pointee.endsIdleSoon else { return }
        shared.pointee.endsIdleSoon = true
        loop.schedule(after: configuration.drainGrace.milliseconds) { [self] in
            shared.pointee.endsIdleSoon = false
            for connection in shared.pointee.connections { connection.endIdleInTime() }
        }
    }

    /// Ends what still runs: handlers are cancelled, connections closed.
    ///
    /// A handler that does not end by itself is left behind after a moment.
    func cut() {
        guard isRunning else { return }
        drain(within: 0)
        for connection in shared.pointee.connections { connection.abort(ConnectionError.shutDown) }
        loop.schedule(after: 200) { [self] in stop() }
        stopWhenDone()
    }

    private func stopWhenDone() {
        guard shared.pointee.isDraining, !shared.pointee.isStopped, shared.pointee.connections.isEmpty else { return }
        let idle = shared.pointee.idle
        shared.pointee.idle.removeAll()
        for driver in idle { driver.retire() }
        // A handler that still runs, cancelled, has no client any more: it is waited for until the deadline.
        if shared.pointee.drivers == 0 { stop() }
    }

    private func stop() {
        guard !shared.pointee.isStopped else { return }
        shared.pointee.isStopped = true
        Watchdog.shared.forget(loop.pulse)
        loop.stop()
    }
}
