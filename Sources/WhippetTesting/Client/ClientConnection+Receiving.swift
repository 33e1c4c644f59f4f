// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra
internal import WhippetServer

/// From the socket to the exchange: answers' heads and contents.
extension ClientConnection {
    /// How many answers of 100 to 199 may come before the final one.
    private static let informationalLimit = 32

    func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
        hasHeard = true
        if input.isEmpty {
            let consumed = consume(bytes)
            if phase != .closed, consumed < bytes.count {
                input.append(UnsafeBufferPointer(rebasing: bytes[consumed...]))
            }
        } else {
            input.append(bytes)
            let consumed = consume(input.readableBytes)
            if phase != .closed { input.consume(consumed) }
        }
    }

    /// Understands bytes; returns how many are done with.
    private func consume(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var offset = 0
        while offset < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[offset...])
            switch phase {
            case .head:
                let consumed = consumeHead(rest)
                offset += consumed
                if phase == .head, consumed == 0 || offset == bytes.count { return offset }
            case .content:
                let consumed = consumeContent(rest)
                if consumed == 0 { return offset }
                offset += consumed
            case .connecting, .idle:
                // Nobody has asked for these bytes: they belong to no answer.
                keepsAlive = false
                close()
                return bytes.count
            case .closed: return bytes.count
            }
        }
        return offset
    }

    private func consumeHead(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        switch parser.parse(bytes, into: head) {
        case .incomplete(let consumed): return consumed
        case .failed(let error):
            fail(.malformed, "the answer is not HTTP/1.1: \(error.sentence)")
            return bytes.count
        case .complete(let consumed, let framing):
            let status = head.storage.pointee.statusCode
            guard status < 200 else {
                let more = receive(framing, UnsafeBufferPointer(rebasing: bytes[consumed...]))
                return consumed + more
            }
            informationalCount += 1
            guard status != 101, informationalCount <= Self.informationalLimit, let exchange else {
                fail(.malformed, "the answer \(status) was not asked for")
                return bytes.count
            }
            parser.reset(requestMethod: exchange.outgoing.request.method)
            if status == 100 { exchange.sendContent() }
            return consumed
        }
    }

    /// Hands the answer out; returns how many bytes of its content were used.
    private func receive(_ framing: ResponseParser.Framing, _ rest: UnsafeBufferPointer<UInt8>) -> Int {
        guard let exchange else { return 0 }
        keepsAlive = framing.keepsAlive
        phase = .content
        let request = exchange.outgoing.request
        switch framing.body {
        case .none:
            let status = Status(rawValue: head.storage.pointee.statusCode)
            let isNull = request.method == .HEAD || request.method == .CONNECT || status.isNullBody
            hand(exchange, isNull ? Body() : Body(received: [], limit: nil), nil)
            finish()
            return 0
        case .length(let count) where rest.count >= count:
            // Fast path: the whole content came with the head.
            hand(exchange, Body(received: Array(rest[..<count]), limit: nil), nil)
            finish()
            return count
        case .length(let count):
            decoder = .length(count)
            stream(exchange, length: count)
        case .chunked:
            decoder = .chunked(ChunkedDecoder())
            stream(exchange, length: nil)
        case .untilClose:
            decoder = .none
            stream(exchange, length: nil)
        }
        return 0
    }

    private func stream(_ exchange: ClientExchange, length: Int?) {
        let content = ResponseContent()
        self.content = content
        hand(exchange, Body(incoming: ResponseBody(content, exchange, length: length), limit: nil), content)
    }

    private func hand(_ exchange: ClientExchange, _ body: consuming Body, _ content: ResponseContent?) {
        let reason = String(decoding: head.bytes(head.storage.pointee.reason), as: UTF8.self)
        let response = Response(
            received: head, statusText: reason, url: exchange.outgoing.request.responseURL, body: body)
        // The head is the response's from now on.
        head = MessageHead()
        exchange.received(response, content)
    }

    private func consumeContent(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let content else { return bytes.count }
        guard decoder.isOpen else {
            pauseIfFull(content.append(bytes))
            return bytes.count
        }
        switch decoder.decode(bytes) {
        case .incomplete(let consumed): return consumed
        case .data(let skipped, let count):
            pauseIfFull(content.append(UnsafeBufferPointer(rebasing: bytes[skipped..<(skipped + count)])))
            if !decoder.isOpen { finish() }
            return skipped + count
        case .finished(let consumed):
            finish()
            return consumed
        case .failed(let error):
            fail(.malformed, "the answer's content is not HTTP/1.1: \(error.sentence)")
            return bytes.count
        }
    }

    private func pauseIfFull(_ isFull: Bool) {
        if isFull { socket?.watch(.readable, false) }
    }

    /// The answer is complete.
    private func finish() {
        phase = .idle
        decoder = .none
        if let exchange { exchange.finish() } else { close() }
    }

    /// The server sends nothing more.
    func ended(_ reason: String) {
        switch phase {
        case .idle, .connecting, .closed: close()
        case .head where !hasHeard:
            fail(isReused ? .stale : .closed, "\(reason) before it answered")
        case .head:
            fail(.closed, "\(reason) in the middle of the answer's head")
        case .content where !decoder.isOpen:
            keepsAlive = false
            finish()
        case .content:
            fail(.closed, "\(reason) in the middle of the answer's body")
        }
    }
}
