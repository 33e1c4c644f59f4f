// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// From the socket to the handler: reads, understands, and stops reading when nobody pulls.
extension Connection {
    /// How many bytes of later requests wait before reading stops.
    private static let pipelineLimit = 64 * 1024
    /// How many bytes of content that no handler wanted are read to keep a connection.
    private static let skipLimit = 256 * 1024
    /// For how many milliseconds a request is still answered whose client has closed its side.
    private static let cancelDelay: Int64 = 30

    func readable() {
        let buffer = worker.shared.pointee.received
        guard let base = buffer.baseAddress else { return }
        let count = systemReceive(descriptor, base, buffer.count)
        if count > 0 {
            receive(UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: count))
        } else if count == 0 {
            ended()
        } else if errno != EAGAIN && errno != EINTR {
            abort(ConnectionError.clientLeft)
        }
    }

    private func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
        // What comes behind the last answer is thrown away.
        guard isOpen else { return }
        if state.pointee.input.isEmpty {
            // Fast path: what the socket gave is understood where it lies; only what is left over is kept.
            let consumed = consume(bytes)
            guard isOpen, consumed < bytes.count else { return startIfReady() }
            state.pointee.input.append(UnsafeBufferPointer(rebasing: bytes[consumed...]))
        } else {
            state.pointee.input.append(bytes)
            consumeInput()
        }
        stopAtPipelineLimit()
        startIfReady()
    }

    private func startIfReady() {
        if state.pointee.phase == .ready, state.pointee.driver == nil { worker.enqueue(self) }
    }

    /// Understands as much as it can of what was kept.
    func consumeInput() {
        guard !state.pointee.input.isEmpty else { return }
        // Reading may have been stopped for the request before: for its content, or for what waited behind it.
        watch(.readable, !state.pointee.isAtEnd)
        let consumed = consume(state.pointee.input.readableBytes)
        // The end of the connection has given the buffer back.
        if isOpen { state.pointee.input.consume(consumed) }
        stopAtPipelineLimit()
    }

    private func stopAtPipelineLimit() {
        if isBusy, state.pointee.input.count >= Self.pipelineLimit { watch(.readable, false) }
    }

    /// Whether what the client sends is still looked at.
    private var isOpen: Bool {
        switch state.pointee.phase {
        case .head, .ready, .handling: true
        case .closing, .lingering, .closed: false
        }
    }

    /// Understands bytes in the light of the phase; returns how many are done with.
    private func consume(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var offset = 0
        while offset < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[offset...])
            switch state.pointee.phase {
            case .head where state.pointee.decoder.isOpen:
                // What is left of the last request's content.
                guard case .data(_, let count) = state.pointee.decoder.decode(rest) else { return bytes.count }
                offset += count
            case .head:
                guard let consumed = consumeHead(rest) else { return offset }
                offset += consumed
                if state.pointee.phase == .head { return offset }
            case .ready, .handling:
                guard state.pointee.decoder.isOpen else { return offset }
                let consumed = consumeContent(rest)
                if consumed == 0 { return offset }
                offset += consumed
            case .closing, .lingering, .closed:
                return bytes.count
            }
        }
        return offset
    }

    /// Reads from a request's head; nil when the request is refused.
    private func consumeHead(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        if state.pointee.request == nil {
            state.pointee.request = worker.takeContent()
            state.pointee.deadline = worker.loop.now + worker.configuration.timeouts.head
        }
        guard let receiving = state.pointee.request?.receiving else { return nil }
        // SAFETY: the head belongs to `request`, which stays in its place until the head is complete.
        return receiving._withUnsafeGuaranteedRef { consumeHead(bytes, into: $0) }
    }

    @inline(__always)
    private func consumeHead(_ bytes: UnsafeBufferPointer<UInt8>, into head: MessageHead) -> Int? {
        switch state.pointee.parser.parse(bytes, into: head) {
        case .incomplete(let consumed):
            return consumed
        case .failed(let error):
            refuse(status: error.status, sentence: error.sentence, isHEAD: isHEAD(head, bytes))
            return nil
        case .complete(let consumed, let framing):
            if framing.targetForm == .absolute, isMisdirected(head) {
                refuse(
                    status: 421, sentence: "This connection is not secure, as an https URL asks.",
                    isHEAD: head.storage.pointee.method == .HEAD)
                return nil
            }
            // By number: the whole would be counted for the name, which few methods have.
            if head.storage.pointee.method.number > 0 {
                state.pointee.method.become(number: head.storage.pointee.method.number)
            } else {
                state.pointee.method = head.storage.pointee.method
            }
            state.pointee.minorVersion = head.storage.pointee.minorVersion
            beginRequest(framing, after: UnsafeBufferPointer(rebasing: bytes[consumed...]))
            return consumed
        }
    }

    /// Whether a head that is refused is one of HEAD: a request line that is refused leaves no method in it.
    func isHEAD(_ head: MessageHead, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if head.storage.pointee.target.count > 0 { return head.storage.pointee.method == .HEAD }
        return bytes.drop { $0 == 0x0D || $0 == 0x0A }.starts(with: "HEAD ".utf8)
    }

    /// Whether the target is an https URL, which a connection without TLS must not answer for, unless a proxy that is
    /// trusted has asked.
    ///
    /// Source: [RFC 9110 §7.4](https://www.rfc-editor.org/rfc/rfc9110#section-7.4).
    @inline(never)
    private func isMisdirected(_ head: MessageHead) -> Bool {
        guard client.scheme != "https", client.trustedProxies == nil else { return false }
        let target = head.bytes(head.storage.pointee.target)
        return target.count > 4 && target[4] | 0x20 == 0x73
    }

    @inline(__always)
    private func beginRequest(_ framing: RequestFraming, after rest: UnsafeBufferPointer<UInt8>) {
        state.pointee.keepsAlive = framing.keepsAlive
        state.pointee.number &+= 1
        client.begin(state.pointee.number)
        state.pointee.phase = .ready
        state.pointee.deadline = .max
        state.pointee.awaitsContinue = framing.expectsContinue && rest.isEmpty
        state.pointee.hasAnswered = false
        switch framing.body {
        case .none, .untilClose:
            state.pointee.decoder = .none
        case .length(let count):
            state.pointee.decoder = .length(count)
            if rest.count < count { openContent(length: count) }
        case .chunked:
            state.pointee.decoder = .chunked(
                ChunkedDecoder(overheadLimit: worker.configuration.limits.chunkOverheadBytes))
            openContent(length: nil)
        }
        // It was pipelined by a client that has closed its side since.
        if state.pointee.isPeerClosed { cancelSoon() }
    }

    private func openContent(length: Int?) {
        let incoming = IncomingBody(
            connection: self, loop: worker.loop, timeouts: worker.configuration.timeouts, length: length)
        state.pointee.incoming = incoming
        state.pointee.content = Body(
            incoming: incoming, limit: worker.configuration.limits.bufferedBodyBytes)
        state.pointee.deadline = worker.loop.now + worker.configuration.timeouts.content
    }

    /// Reads from a request's content.
    private func consumeContent(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let incoming = state.pointee.incoming else { return takeContent(bytes) }
        // The deadline stays: it only says when `IncomingBody.patience` is asked, which knows what the client has earned.
        switch state.pointee.decoder.decode(bytes) {
        case .incomplete(let consumed):
            return consumed
        case .data(let skipped, let count):
            let data = UnsafeBufferPointer(rebasing: bytes[skipped..<(skipped + count)])
            if incoming.append(data, at: worker.loop.now) { watch(.readable, false) }
            if !state.pointee.decoder.isOpen { contentFinished(incoming) }
            return skipped + count
        case .finished(let consumed):
            contentFinished(incoming)
            return consumed
        case .failed(let error):
            if state.pointee.phase == .ready {
                // Nobody has seen the request yet, and whether its handler would read the content does not matter.
                client.end(state.pointee.number)
                refuse(
                    status: error.status, sentence: error.sentence, isHEAD: state.pointee.method == .HEAD)
            } else {
                failContent(error.status, error.sentence)
            }
            return bytes.count
        }
    }

    /// Gives up the content of the request that is handled: reading it throws, what follows on the connection is no
    /// request any more.
    func failContent(_ status: UInt16, _ sentence: String) {
        state.pointee.keepsAlive = false
        state.pointee.decoder = .none
        refreshDeadline()
        state.pointee.incoming?.cancel(HTTPError(Status(rawValue: status), sentence))
    }

    private func contentFinished(_ incoming: IncomingBody) {
        incoming.finish()
        refreshDeadline()
    }

    /// Fast path: the whole content came with the head and becomes the body's bytes at once.
    private func takeContent(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard case .data(_, let count) = state.pointee.decoder.decode(bytes) else { return 0 }
        state.pointee.content = Body(
            received: Array(bytes[..<count]), limit: worker.configuration.limits.bufferedBodyBytes)
        return count
    }

    // MARK: - Back pressure

    /// The handler has taken what waited: reading goes on.
    func resumeReading() {
        guard state.pointee.phase == .handling || state.pointee.phase == .ready else { return }
        watch(.readable, !state.pointee.isAtEnd)
    }

    /// The handler wants content that has not come: a client that waits for `100 Continue` gets it.
    func contentWanted() {
        guard state.pointee.awaitsContinue, !state.pointee.hasAnswered, state.pointee.phase == .handling else { return }
        state.pointee.awaitsContinue = false
        send { $0.append("HTTP/1.1 100 Continue\r\n\r\n") }
    }

    /// Whether the connection can be used again after this request: its content has been read, or is so little that
    /// the rest can be read and thrown away.
    var canSkipContent: Bool {
        switch state.pointee.decoder {
        case .none: true
        // A client that was never told to continue may or may not send its content: nobody can tell what comes next.
        case .length(let remaining): remaining <= Self.skipLimit && !state.pointee.awaitsContinue
        case .chunked: false
        }
    }

    // MARK: - The client's end

    /// The client sends nothing more.
    ///
    /// What runs gets a moment to finish, then it is cancelled: most clients that close their side are gone.
    func peerClosed() {
        guard !state.pointee.isPeerClosed else { return }
        state.pointee.isPeerClosed = true
        watch(.peerClosed, false)
        if isBusy { cancelSoon() }
    }

    /// Gives the request a moment to be answered, after which it is cancelled.
    private func cancelSoon() {
        let isAwaited = state.pointee.cancelsAt != nil
        state.pointee.cancelsAt = worker.loop.now + Self.cancelDelay
        // One timer for all requests that the client has pipelined: each would make the next one's dearer.
        if !isAwaited { cancelInTime(Self.cancelDelay) }
    }

    private func cancelInTime(_ delay: Int64) {
        worker.loop.schedule(after: delay) { [self] in
            let left = (state.pointee.cancelsAt ?? 0) - worker.loop.now
            if isBusy, left > 0 { return cancelInTime(left) }
            state.pointee.cancelsAt = nil
            guard isBusy,
                !(client.isHalfCloseAnswered(of: state.pointee.number) ?? (worker.configuration.halfClose == .answer))
            else { return }
            abort(ConnectionError.clientLeft)
        }
    }

    /// All that the client sent has been read.
    private func ended() {
        state.pointee.isAtEnd = true
        watch(.readable, false)
        peerClosed()
        switch state.pointee.phase {
        case .head: closeAfterOutput()
        case .lingering: close()
        case .ready, .handling:
            if state.pointee.decoder.isOpen { failContent(400, "The content ended before its end.") }
        case .closing, .closed: break
        }
    }

    /// Whether a request waits for a driver or is being handled.
    var isBusy: Bool { state.pointee.phase == .handling || state.pointee.phase == .ready }

    /// Watches a readiness or stops to.
    func watch(_ readiness: Readiness, _ isWanted: Bool) {
        guard state.pointee.phase != .closed else { return }
        var interest = state.pointee.interest
        if isWanted { interest.insert(readiness) } else { interest.remove(readiness) }
        guard interest != state.pointee.interest else { return }
        state.pointee.interest = interest
        worker.loop.modify(self, interest: interest)
    }
}
