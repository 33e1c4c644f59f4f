// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra

/// One client's connection: reads requests, one after another, and writes their answers in order.
///
/// Its life is a row of phases. `head`: a request head is awaited. `ready`: one has come and waits for a driver.
/// `handling`: its handler runs or its answer is being streamed; its content is read as the handler pulls it. `closing`:
/// the last answer is on its way. `lingering`: the answer is out, and what the client still sends is thrown away, so that
/// a reset does not overtake the answer. `closed`.
///
/// The files beside this one hold one direction each, `Connection+Receiving` and `Connection+Sending`, and the end:
/// `Connection+Ending`.
// SAFETY: touched on its worker's loop thread only; other threads reach it through `EventLoop.execute`.
final class Connection: Channel, @unchecked Sendable {
    enum Phase: UInt8 {
        case head
        case ready
        case handling
        case closing
        case lingering
        case closed
    }

    struct State: ~Copyable {
        var phase = Phase.head
        var parser: RequestParser
        /// Bytes received and not yet understood: part of a line, or requests behind the one that runs.
        var input = ByteBuffer()
        /// Bytes that the socket would not take.
        var output = ByteBuffer()
        /// What follows these of a body that is at hand; nil when there are none.
        var held: HeldBody?
        /// The request that arrives; once it is handled, its scope has it.
        var request: RequestContent?
        /// Its method and version, which say how the answer is framed.
        var method = HTTPMethod.GET
        var minorVersion: UInt8 = 1
        /// The request's content as the handler will get it, until it is taken.
        var content: Body?
        /// The request's content while it arrives.
        var incoming: IncomingBody?
        var decoder = ContentDecoder.none
        /// Numbers the connection's requests, so that nothing late reaches the wrong one.
        var number: UInt64 = 0
        /// Who runs the request's handler; not a reference, which each look would count.
        // SAFETY: a driver runs until it has left all its connections, and its task refers to it meanwhile.
        var driver: Unmanaged<Driver>?
        /// The answer that the request's handler has begun while it runs.
        var begun: ConnectionSink?
        /// Who waits until the socket has taken the output: the driver, or tasks that its handler writes from.
        var drained: [UnsafeContinuation<Bool, Never>] = []
        var interest: Readiness = [.readable, .peerClosed]
        var deadline = Int64.max
        var keepsAlive = true
        /// The client has said that it sends nothing more; some of what it sent may still be unread.
        var isPeerClosed = false
        /// When the request is cancelled because the client sends nothing more, in milliseconds of the loop's clock; nil
        /// while no timer looks for it.
        var cancelsAt: Int64?
        /// Everything that the client sent has been read.
        var isAtEnd = false
        /// The answer that is being sent ends with the connection: only a reset tells a part of it from the whole.
        var endsByClose = false
        var awaitsContinue = false
        /// The final answer has begun: `100 Continue` can't be sent any more.
        var hasAnswered = false
        var isDraining = false
        /// The system sends a file, and the client has to take something before it goes on.
        var awaitsSocket = false
        /// How many bytes the client had not got yet when they were counted last; `.max`: not since it has its time.
        var underway = Int.max
        /// How much of the answer's body has been sent.
        var sentContent = 0
    }

    let worker: Worker
    let client: ClientLink
    let state: UnsafeMutablePointer<State>
    /// The connection's place in its worker's list; −1 when it is not in it.
    var index = -1

    init(descriptor: Int32, client: ClientLink, worker: Worker) {
        self.worker = worker
        self.client = client
        state = .allocate(capacity: 1)
        state.initialize(to: State(parser: RequestParser(limits: worker.configuration.limits.head)))
        super.init(descriptor: descriptor)
        state.pointee.deadline = worker.loop.now + worker.configuration.timeouts.head
    }

    deinit {
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// When the connection is given up, in milliseconds of the loop's clock.
    var deadline: Int64 { state.pointee.deadline }

    /// How many bytes of the current answer's body have been sent.
    var sentContent: Int { state.pointee.sentContent }

    /// Whether the connection has ended, by either side.
    var isClosed: Bool { state.pointee.phase == .closed }

    override func ready(_ readiness: Readiness) {
        if readiness.contains(.failed) {
            // Both sides are shut once the last answer is out: what the client still sent is read to its end.
            return state.pointee.phase == .lingering ? readable() : abort(ConnectionError.clientLeft)
        }
        if readiness.contains(.writable) { writable() }
        if readiness.contains(.readable) { readable() }
        if readiness.contains(.peerClosed) { peerClosed() }
    }

    // MARK: - The driver's side

    /// Hands the request that is ready to a driver; false when there is none any more.
    func begin(_ driver: Driver) -> Bool {
        guard state.pointee.phase == .ready else { return false }
        state.pointee.phase = .handling
        state.pointee.driver = .passUnretained(driver)
        return true
    }

    /// The request, which from now on belongs to the handler.
    func takeRequest(for scope: RequestScope) -> Request {
        let content = state.pointee.request.take() ?? RequestContent()
        content.begin(client: client, number: state.pointee.number)
        if state.pointee.content != nil, let body = state.pointee.content.take() { content.take(body) }
        return scope.begin(content)
    }

    /// Ends the request whose answer has been written; true when the next one is here already and the same driver may
    /// go on with it.
    func finish() -> Bool {
        guard state.pointee.phase == .handling else { return false }
        client.end(state.pointee.number)
        if let incoming = state.pointee.incoming { incoming.cancel(ConnectionError.requestEnded) }
        state.pointee.incoming?.detach()
        state.pointee.incoming = nil
        state.pointee.content = nil
        guard state.pointee.keepsAlive, canSkipContent else {
            closeAfterOutput()
            return false
        }
        state.pointee.phase = .head
        state.pointee.parser.reset()
        // The deadline for output that the socket has not taken stays in force.
        if state.pointee.output.isEmpty {
            state.pointee.deadline = worker.loop.now + worker.configuration.timeouts.keepAlive
        }
        // A client that sends requests and takes no answers is not read on.
        guard state.pointee.output.isEmpty else { return false }
        consumeInput()
        return state.pointee.phase == .ready
    }

    /// Ends a driver's turn with this connection: the output goes out, another driver takes what is ready.
    func leave(_ driver: Driver) {
        // Another driver's turn is not this one's to end.
        guard state.pointee.driver?.toOpaque() == Unmanaged.passUnretained(driver).toOpaque() else { return }
        state.pointee.driver = nil
        flush()
        if state.pointee.phase == .ready { worker.enqueue(self) }
        if state.pointee.phase == .head { settle() }
    }

    /// Gives back memory that an idle connection does not need, and watches for what comes next.
    func settle() {
        if state.pointee.isAtEnd, state.pointee.output.isEmpty { return close() }
        // The answer's head left before the server stopped, and did not say so.
        if state.pointee.isDraining, state.pointee.input.isEmpty { worker.endIdleSoon() }
        if state.pointee.input.isEmpty, state.pointee.input.capacity > 0 { state.pointee.input.release() }
        watch(.readable, state.pointee.output.isEmpty)
    }

    // MARK: - Deadlines and the end

    /// Gives the client more time, in milliseconds.
    func postponeDeadline(by delay: Int64) {
        state.pointee.incoming?.postpone(by: delay)
        if state.pointee.deadline < .max - delay { state.pointee.deadline += delay }
    }

    /// The deadline is over.
    func expire() {
        if awaitsClient, state.pointee.phase != .closed {
            if clientTakes { return }
            // What the socket holds for a client like this is given up as well.
            systemResetOnClose(descriptor)
            return abort(ConnectionError.timedOut)
        }
        switch state.pointee.phase {
        case .head where hasBegunHead:
            refuse(status: 408, sentence: "The request took too long.", isHEAD: hasBegunHEAD)
        case .head, .lingering, .closing, .closed:
            close()
        case .ready, .handling:
            let now = worker.loop.now
            let patience = state.pointee.incoming?.patience(at: now)
            if let patience, patience > 0 {
                state.pointee.deadline = now + patience
            } else if patience != nil {
                // Part of an answer may be out; then the end of the connection says what a status can't.
                guard !state.pointee.hasAnswered else { return abort(ConnectionError.timedOut) }
                failContent(408, "The content took too long.")
            } else {
                // The handler takes its time; that is not the client's fault.
                refreshDeadline()
            }
        }
    }

    /// Sets the deadline of a request that is being handled: for its content while some is missing, none while its
    /// handler works.
    ///
    /// The deadline for output that the socket has not taken goes first.
    func refreshDeadline() {
        guard !awaitsClient else { return }
        guard let incoming = state.pointee.incoming, state.pointee.decoder.isOpen else {
            state.pointee.deadline = .max
            return
        }
        let now = worker.loop.now
        state.pointee.deadline = now + (incoming.patience(at: now) ?? worker.configuration.timeouts.content)
    }

    /// Whether the client has to take something.
    private var awaitsClient: Bool { !state.pointee.output.isEmpty || state.pointee.awaitsSocket }

    /// From now on the client has its time to take something.
    func beginTaking() {
        state.pointee.underway = .max
        state.pointee.deadline = worker.loop.now + firstLook
    }

    /// How long after the start of the client's time it is counted how much it has not got.
    private var firstLook: Int64 { min(1000, worker.configuration.timeouts.write / 2) }

    /// Whether the client has got some bytes since its last deadline; then it has another.
    ///
    /// The socket does not tell: it has room again only when a good part of what it holds has left, some mebibyte, which
    /// takes a slow client longer than its time.
    private var clientTakes: Bool {
        let underway = systemUnderway(descriptor)
        guard underway < state.pointee.underway else { return false }
        let isFirst = state.pointee.underway == .max
        state.pointee.underway = underway
        state.pointee.deadline = worker.loop.now + worker.configuration.timeouts.write - (isFirst ? firstLook : 0)
        return true
    }

    /// Whether more than empty lines of a request's head have come.
    private var hasBegunHead: Bool {
        guard let head = state.pointee.request?.received else { return false }
        return head.storage.pointee.byteCount > 0 || !state.pointee.input.isEmpty
    }

    /// Whether what has come of a head is one of HEAD.
    private var hasBegunHEAD: Bool {
        guard let head = state.pointee.request?.received else { return false }
        return isHEAD(head, state.pointee.input.readableBytes)
    }

    /// The server stops: an idle connection ends, one at work finishes its request first.
    ///
    /// A client that came, or got its last answer, within the last second may have sent a request that is still on its
    /// way: its connection stays open for a moment.
    func drain() {
        state.pointee.isDraining = true
        guard isIdle else { return }
        // A request that has arrived already is answered.
        readable()
        guard isIdle else { return }
        let recent = max(1000, worker.configuration.drainGrace.milliseconds)
        let isRecent = worker.loop.now - waitingSince < recent || !state.pointee.output.isEmpty
        if isRecent { worker.endIdleSoon() } else { endIdle() }
    }

    /// Ends the connection if no request has begun.
    func endIdle() {
        guard isIdle else { return }
        if state.pointee.output.isEmpty { close() } else { closeAfterOutput() }
    }

    /// Ends the connection if no request has begun and it has waited for one long enough.
    func endIdleInTime() {
        let isRecent = worker.loop.now - waitingSince < worker.configuration.drainGrace.milliseconds
        if isIdle, state.pointee.output.isEmpty, isRecent { worker.endIdleSoon() } else { endIdle() }
    }

    private var isIdle: Bool { state.pointee.phase == .head && !hasBegunHead }

    /// When the connection began to wait for a request, in milliseconds of the loop's clock.
    private var waitingSince: Int64 {
        let timeouts = worker.configuration.timeouts
        return state.pointee.deadline - (state.pointee.number == 0 ? timeouts.head : timeouts.keepAlive)
    }
}
