// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetFetch
import WhippetInfra
import WhippetJSON
@_spi(Conformance) import WhippetStreams

/// A JavaScript `Request` or `Response` object's Swift value, and the stream of its body that JavaScript sees.
///
/// Whippet's body is read by Whippet's own methods. Only where a script made the stream, or has asked for it, the stream
/// is the core's with JavaScript's chunks; then Swift's body is a `ByteStream` over it.
final class MessageObject {
    /// What the object is.
    enum Message {
        case request(Request)
        case response(Response)
    }

    var message: Message
    /// The stream that scripts see, once there is one.
    private(set) var stream: DrivenReadableStream?
    /// Where Swift's body takes its bytes from if a script's stream is its source.
    private var source: ScriptByteSource?
    /// Whether Swift reads the body.
    private var isConsumed = false
    private let streams: StreamBindings

    init(_ message: Message, _ streams: StreamBindings, body: ScriptByteSource? = nil) {
        self.message = message
        self.streams = streams
        source = body
        stream = body?.stream
    }

    /// The headers, where they lie.
    var headers: Headers {
        get {
            switch message {
            case .request(let request): request.headers
            case .response(let response): response.headers
            }
        }
        set {
            switch message {
            case .request(var request):
                request.headers = newValue
                message = .request(request)
            case .response(var response):
                response.headers = newValue
                message = .response(response)
            }
        }
    }

    // MARK: - The body

    private var swiftBody: ByteStream? {
        switch message {
        case .request(let request): request.body
        case .response(let response): response.body
        }
    }

    /// The stream that scripts see; nil for a null body.
    func body() throws -> DrivenReadableStream? {
        if let stream { return stream }
        guard let body = swiftBody else { return nil }
        let stream = try streams.makeReadable { body }
        // A body that was read has a stream that was: locked to the reader that read it.
        if bodyUsed { _ = try stream.getReader() }
        self.stream = stream
        return stream
    }

    var bodyUsed: Bool {
        if isConsumed || stream?.disturbed == true { return true }
        switch message {
        case .request(let request): return request.bodyUsed
        case .response(let response): return response.bodyUsed
        }
    }

    /// Implements [unusable](https://fetch.spec.whatwg.org/#body-unusable) for a stream that scripts see.
    var isUnusable: Bool { bodyUsed || stream?.locked == true }

    /// Takes the body for one of Swift's reading methods.
    func claim() throws {
        guard let stream else { return }
        guard !isUnusable else { throw TypeError("The body was already used or is locked") }
        let reader = try stream.getReader()
        source?.reader = reader
        isConsumed = true
    }

    /// Implements [clone a body](https://fetch.spec.whatwg.org/#concept-body-clone) and the rest of the clone.
    func clone() throws -> MessageObject {
        guard let stream else {
            switch message {
            case .request(let request): return MessageObject(.request(try request.clone()), streams)
            case .response(let response): return MessageObject(.response(try response.clone()), streams)
            }
        }
        guard !isUnusable else { throw TypeError("clone: the body was already used or is locked") }
        let driver = streams.driver
        let branches = try stream.tee(cloneForBranch2: { chunk in
            HeldValue(try driver.call("structuredClone", [driver.value(chunk)]))
        })
        replaceBody(ScriptByteSource(branches.0, streams))
        let clone = MessageObject(message, streams)
        clone.replaceBody(ScriptByteSource(branches.1, streams))
        return clone
    }

    /// Makes a stream the source of the body.
    func replaceBody(_ source: ScriptByteSource) {
        self.source = source
        stream = source.stream
        switch message {
        case .request(let request): message = .request(request.replacingBody(source.makeByteStream()))
        case .response(let response): message = .response(response.replacingBody(source.makeByteStream()))
        }
    }

    /// What a new request takes over of this one's stream.
    ///
    /// Implements [create a proxy](https://streams.spec.whatwg.org/#readablestream-create-a-proxy).
    func proxy() throws -> ScriptByteSource? {
        guard let stream else { return nil }
        guard !isUnusable else { throw TypeError("Request: the body was already used or is locked") }
        let identity = try DrivenTransformStream(
            streams.realm, DrivenTransformer(), writableStrategy: .init(highWaterMark: 1),
            readableStrategy: .init(highWaterMark: 0))
        try stream.pipeThrough(identity.writable)
        isConsumed = true
        return ScriptByteSource(identity.readable, streams)
    }
}

/// Where a JavaScript `Headers` object of a message keeps its list.
final class MessageHeadersObject: HeadersObject {
    private let owner: MessageObject

    init(_ owner: MessageObject) {
        self.owner = owner
        super.init(Headers())
    }

    override var headers: Headers {
        get { owner.headers }
        set { owner.headers = newValue }
    }
}
