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

/// From the handler to the socket: heads, buffered bodies, short writes and the end of the connection.
extension Connection {
    /// Output beyond this waits for the socket before more is made.
    private static let outputLimit = 64 * 1024
    /// Bodies up to this size travel with their head in one buffer; larger ones are sent from where they lie.
    private static let copyLimit = 8 * 1024
    /// Parts of a body that wait for each other go out together at this size: twice as much gains a few hundredths.
    private static let partsLimit = 128 * 1024
    /// Parts of a body up to this size are copied where they can't be kept: less work than a system call for each.
    private static let partCopyLimit = 32 * 1024
    /// How many milliseconds a part of a body waits for the next at most.
    private static let partsPatience: Int64 = 2
    /// How much memory the output's buffer keeps.
    static let outputMemory = 4 * outputLimit

    // MARK: - Whole answers

    /// Writes an answer whose body is at hand; false when it has to be streamed.
    func answer(_ response: Response) -> Bool {
        // The handler has begun it: this is the rest, and what is sent already counts.
        guard state.pointee.begun == nil else { return false }
        state.pointee.sentContent = 0
        guard state.pointee.phase == .handling else {
            response.discard(ConnectionError.clientLeft)
            return true
        }
        if let type = response.soleContentType, answer(type, response) { return true }
        if let ready = response.ready, state.pointee.method != .CONNECT { return answer(ready, response) }
        if let failure = response.failure { return answerFailure(failure) }
        guard var length = response.bufferedLength else { return false }
        if !canSkipContent { state.pointee.keepsAlive = false }
        // A handler of HEAD may say itself how long the content of GET is.
        if length == 0, isHEAD, let declared = response.declaredLength { length = declared }
        let framing = responseFraming(response, length: length)
        guard writeHead(response, framing) else { return answerFailure(Self.invalidField) }
        if !framing.body.isNone {
            state.pointee.sentContent = length
            response.withBufferedBytes { writeBody($0, of: response) }
        }
        flushLargeOutput()
        return true
    }

    /// Fast path: writes an answer of status 200 that has no field but the Content-Type of its body; false, and nothing
    /// is written, when the body is not at hand.
    ///
    /// "An answer without fields of its own goes out as one with fields does" shows it equal.
    private func answer(_ type: Headers.ImplicitContentType, _ response: Response) -> Bool {
        guard state.pointee.method != .CONNECT else { return false }
        return response.withBufferedBytes { bytes in
            if !canSkipContent { state.pointee.keepsAlive = false }
            beginHead()
            let head = worker.shared.pointee.heads.ok(type)
            send {
                ResponseWriter.answer(
                    head, contentLength: bytes.count, connectionLine, copied(bytes), into: &$0)
            }
            finishWhole(bytes, of: response)
        }
    }

    /// Writes an answer whose head is at hand as bytes.
    private func answer(_ ready: ReadyAnswer, _ response: Response) -> Bool {
        response.withBufferedBytes { bytes in
            if !canSkipContent { state.pointee.keepsAlive = false }
            beginHead()
            let date = worker.shared.pointee.heads.dateLine
            ready.head.withUnsafeBufferPointer { head in
                send { ResponseWriter.answer(head, date, connectionLine, copied(bytes), into: &$0) }
            }
            finishWhole(bytes, of: response)
        }
    }

    /// What of a whole answer's body goes out with its head.
    @inline(__always)
    private func copied(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        !isHEAD && bytes.count <= Self.copyLimit ? bytes : UnsafeBufferPointer(start: nil, count: 0)
    }

    /// Ends a whole answer whose head is written, and its body if that is small.
    @inline(__always)
    private func finishWhole(_ bytes: UnsafeBufferPointer<UInt8>, of response: Response) {
        if !isHEAD {
            state.pointee.sentContent = bytes.count
            if bytes.count > Self.copyLimit { sendNow(bytes, of: response) }
        }
        flushLargeOutput()
    }

    /// Answers with a 500 in place of a response that may not be sent.
    func answerFailure(_ failure: any Error) -> Bool {
        worker.warn("500: \(failure)")
        return answer(Response(status: .internalServerError))
    }

    static var invalidField: TypeError {
        TypeError("Response: a header has a value that HTTP/1.1 can't carry")
    }

    private var isHEAD: Bool { state.pointee.method == .HEAD }

    /// Tells how an answer with a body of `length` bytes (nil: not known) is framed.
    func responseFraming(_ response: Response, length: Int?) -> ResponseFraming {
        ResponseFraming.decide(
            requestMethod: state.pointee.method, minorVersion: state.pointee.minorVersion,
            status: response.status.rawValue, bodyLength: length)
    }

    /// Decides, before the head of a streamed answer, whether the connection goes on after it.
    func prepareHead() {
        noteFirstPart()
        if !canSkipContent, state.pointee.incoming == nil { state.pointee.keepsAlive = false }
    }

    /// Puts an answer's head into the output; false, and nothing is written, when it has a field that can't be sent.
    func writeHead(_ response: Response, _ framing: ResponseFraming) -> Bool {
        state.pointee.endsByClose = framing.body.isUntilClose
        // RFC 9110 §9.3.6: behind an answer that opens a tunnel come no requests.
        let opensTunnel = state.pointee.method == .CONNECT && response.status.isSuccessful
        if state.pointee.endsByClose || opensTunnel { state.pointee.keepsAlive = false }
        beginHead()
        let shared = worker.shared
        var isValid = true
        send { output in
            let start = output.count
            ResponseWriter.statusLine(response.status.rawValue, reason: response.statusTextOnWire, into: &output)
            var hasLength = false
            var hasDate = false
            var hasOptions = false
            response.headers.forEachField { name, value in
                switch FramingField(name) {
                case .other: break
                case .date: hasDate = true
                case .contentLength:
                    guard framing.contentLength == nil, framing.mayCarryOwnContentLength, !hasLength else { return }
                    hasLength = true
                    isValid = isValid && !value.isEmpty && value.allSatisfy(ASCII.isDigit)
                case .connection:
                    // The connection is the engine's; a handler may ask for its end and name fields of the next hop.
                    if FramingField.isClose(value) { state.pointee.keepsAlive = false }
                    hasOptions = true
                    return
                case .upgrade: hasOptions = true
                case .transferEncoding, .keepAlive:
                    return
                }
                // The Fetch Standard's values may hold control bytes, the wire's may not; names are tokens in both.
                guard ResponseWriter.isValidFieldValue(value) else {
                    isValid = false
                    return
                }
                ResponseWriter.field(name: name, value: value, into: &output)
            }
            guard isValid else { return output.removeLast(output.count - start) }
            if !hasDate { output.append(shared.pointee.heads.dateLine) }
            if let length = framing.contentLength {
                ResponseWriter.contentLength(length, into: &output)
            } else if framing.body.isChunked {
                ResponseWriter.transferEncodingChunked(into: &output)
            }
            if hasOptions { endHead(&output, withOptionsOf: response.headers) } else { endHead(&output) }
        }
        return isValid
    }

    /// Writes a part of a body, which waits in the output for those that follow in the same turn.
    func writePart(_ bytes: UnsafeBufferPointer<UInt8>, isChunk: Bool) {
        state.pointee.sentContent += bytes.count
        guard bytes.count <= Self.partCopyLimit else {
            if isChunk { send { ResponseWriter.chunkHead(bytes.count, into: &$0) } }
            return sendNow(bytes, after: isChunk ? "\r\n" : "")
        }
        noteFirstPart()
        send { output in
            if isChunk { ResponseWriter.chunk(bytes, into: &output) } else { output.append(bytes) }
        }
        if worker.shared.pointee.output.count >= Self.partsLimit { flush() }
    }

    /// Writes a part of a body that need not be copied; it waits in the output for those that follow in the same turn,
    /// but not for long.
    func writePart(_ bytes: [UInt8], isChunk: Bool) {
        guard bytes.count > Self.copyLimit, state.pointee.output.isEmpty, state.pointee.phase != .closed else {
            return bytes.withUnsafeBufferPointer { writePart($0, isChunk: isChunk) }
        }
        state.pointee.sentContent += bytes.count
        noteFirstPart()
        let shared = worker.shared
        if isChunk { shared.pointee.output.write { ResponseWriter.chunkHead(bytes.count, into: &$0) } }
        shared.pointee.output.append(bytes)
        if isChunk { shared.pointee.output.write { ResponseWriter.chunkTail(into: &$0) } }
        if shared.pointee.output.count >= Self.partsLimit { flush() }
    }

    private func noteFirstPart() {
        guard !worker.ownsOutput(self), state.pointee.output.isEmpty else { return }
        worker.claimOutput(self)
        worker.shared.pointee.outputSince = Clock.monotonicMilliseconds()
    }

    /// Sends what has waited for long: whoever makes the parts may take his time without ever suspending.
    func flushLateParts() {
        guard worker.ownsOutput(self) else { return }
        if Clock.monotonicMilliseconds() - worker.shared.pointee.outputSince >= Self.partsPatience { flush() }
    }

    /// Decides whether the connection stays, before the first byte of a head.
    private func beginHead() {
        if state.pointee.isDraining, state.pointee.input.isEmpty { state.pointee.keepsAlive = false }
        state.pointee.hasAnswered = true
        worker.shared.pointee.heads.update()
    }

    /// Writes what the connection itself says, and the end of the head.
    private func endHead(_ output: inout ByteBuffer) {
        output.append(connectionLine)
        ResponseWriter.endOfHead(into: &output)
    }

    /// What the connection itself says in a head; usually nothing.
    @inline(__always)
    private var connectionLine: StaticString {
        guard state.pointee.keepsAlive else { return ResponseWriter.connectionClose }
        return state.pointee.minorVersion == 0 ? ResponseWriter.connectionKeepAlive : ""
    }

    private func writeBody(_ bytes: UnsafeBufferPointer<UInt8>, of response: Response) {
        if bytes.count <= Self.copyLimit {
            send { $0.append(bytes) }
        } else {
            sendNow(bytes, of: response)
        }
    }

    /// Answers a request that could not be understood, and ends the connection: what follows can't be told apart from
    /// it any more.
    func refuse(status: UInt16, sentence: String, isHEAD: Bool) {
        state.pointee.keepsAlive = false
        let shared = worker.shared
        shared.pointee.heads.update()
        send { output in
            ResponseWriter.statusLine(status, into: &output)
            output.append("content-type: text/plain;charset=UTF-8\r\n")
            output.append(shared.pointee.heads.dateLine)
            ResponseWriter.contentLength(sentence.utf8.count, into: &output)
            output.append(ResponseWriter.connectionClose)
            ResponseWriter.endOfHead(into: &output)
            if !isHEAD { output.append(sentence) }
        }
        closeAfterOutput()
    }

    // MARK: - Output

    /// Adds to the output, which is written at the end of the driver's turn at the latest.
    func send(_ write: (inout ByteBuffer) -> Void) {
        guard state.pointee.phase != .closed else { return }
        if state.pointee.output.isEmpty {
            worker.claimOutput(self)
            worker.shared.pointee.output.write(write)
        } else {
            copyHeld()
            write(&state.pointee.output)
        }
    }

    /// Writes what waits for the socket; what it does not take is kept and goes out when it can.
    func flush() {
        let shared = worker.shared
        guard worker.ownsOutput(self) else { return }
        shared.pointee.owner = nil
        let count = shared.pointee.output.count
        guard count > 0 else { return }
        if var taken = result(of: shared.pointee.output.send(to: descriptor)), taken < count {
            shared.pointee.output.forEachRun { run in
                keep(run, after: min(taken, run.count))
                taken -= min(taken, run.count)
            }
        }
        shared.pointee.output.removeAll(keeping: Self.outputMemory)
    }

    private func flushLargeOutput() {
        if worker.shared.pointee.output.count >= Self.outputLimit { flush() }
    }

    /// Writes the output and then these bytes, in one system call.
    ///
    /// - Parameter holder: The response whose body they are; nil where it does not hold them for as long as it is held.
    func sendNow(_ bytes: UnsafeBufferPointer<UInt8>, after tail: StaticString = "", of holder: Response? = nil) {
        if worker.shared.pointee.output.hasChunks { flush() }
        guard state.pointee.phase != .closed else { return }
        guard state.pointee.output.isEmpty else {
            copyHeld()
            keep(bytes, after: 0, of: holder)
            state.pointee.output.append(tail)
            return
        }
        worker.claimOutput(self)
        let shared = worker.shared
        shared.pointee.owner = nil
        let tail = UnsafeBufferPointer(start: tail.utf8Start, count: tail.utf8CodeUnitCount)
        let head = shared.pointee.output.copied.readableBytes
        let count = head.count + bytes.count + tail.count
        if let taken = result(of: systemSend(descriptor, head, bytes, tail)), taken < count {
            keep(head, after: taken)
            keep(bytes, after: max(0, taken - head.count), of: holder)
            keep(tail, after: max(0, taken - head.count - bytes.count))
        }
        shared.pointee.output.removeAll(keeping: Self.outputMemory)
    }

    private func keep(_ bytes: UnsafeBufferPointer<UInt8>, after taken: Int) {
        if taken < bytes.count { keep(UnsafeBufferPointer(rebasing: bytes[taken...])) }
    }

    /// Keeps bytes that the socket did not take.
    func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
        if state.pointee.output.isEmpty {
            watch(.writable, true)
            beginTaking()
        }
        state.pointee.output.append(bytes)
    }

    /// Writes to the socket; returns how many bytes it took, nil when the connection is gone.
    func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = bytes.baseAddress else { return 0 }
        return result(of: systemSend(descriptor, base, bytes.count))
    }

    private func result(of sent: Int) -> Int? {
        if sent >= 0 { return sent }
        if errno == EAGAIN || errno == EINTR { return 0 }
        lose()
        return nil
    }

    /// The socket takes bytes again.
    func writable() {
        guard !state.pointee.output.isEmpty else {
            watch(.writable, false)
            guard state.pointee.awaitsSocket else { return }
            state.pointee.awaitsSocket = false
            return outputDrained()
        }
        guard let taken = write(state.pointee.output.readableBytes) else { return }
        state.pointee.output.consume(taken)
        if taken > 0 { beginTaking() }
        guard state.pointee.output.isEmpty, !writeHeld() else { return }
        state.pointee.output.release()
        watch(.writable, false)
        outputDrained()
    }

    private func outputDrained() {
        switch state.pointee.phase {
        case .closing: linger()
        case .head:
            state.pointee.deadline = worker.loop.now + worker.configuration.timeouts.keepAlive
            consumeInput()
            if state.pointee.phase == .ready { return worker.enqueue(self) }
            if state.pointee.phase == .head { settle() }
        case .ready, .handling:
            refreshDeadline()
            resumeDrained(returning: true)
        case .lingering, .closed: return
        }
    }

    /// Whether the connection stands and the socket has taken all that was offered to it.
    var isTakingOutput: Bool { state.pointee.phase == .handling && state.pointee.output.isEmpty }

    /// Waits until the socket has taken the output; false when the connection is gone.
    func waitUntilDrained() async -> Bool {
        flush()
        guard state.pointee.phase != .closed else { return false }
        guard !state.pointee.output.isEmpty else { return true }
        return await withUnsafeContinuation { whenDrained($0) }
    }

    /// Resumes once the socket has taken the output; with false when the connection is gone.
    func whenDrained(_ continuation: UnsafeContinuation<Bool, Never>) {
        flush()
        if state.pointee.phase == .closed { return continuation.resume(returning: false) }
        if state.pointee.output.isEmpty { return continuation.resume(returning: true) }
        state.pointee.drained.append(continuation)
    }

    func resumeDrained(returning isOpen: Bool) {
        guard !state.pointee.drained.isEmpty else { return }
        let waiting = state.pointee.drained
        state.pointee.drained = []
        for continuation in waiting { continuation.resume(returning: isOpen) }
    }
}
