// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra
public import WhippetStreams
public import WhippetURL

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// A request's head as a server receives it, kept ready to make requests of, one after another, on one thread.
@_spi(Conformance) public struct ReceivedHead: Sendable {
    private let head = MessageHead()
    private let slot = Slot()
    private let client = ClientLink(scheme: "http", remoteAddress: "127.0.0.1", fallbackAuthority: "localhost")

    /// Makes a head; names must be in lower case, values without white space around them.
    public init(_ method: Request.Method, target: String, fields: [(name: String, value: String)]) {
        head.storage.pointee.method = method
        head.storage.pointee.target = run(target)
        for field in fields {
            let value = run(field.value)
            if field.name == "host" { head.storage.pointee.authority = value }
            head.append(MessageHead.Field(name: run(field.name), value: value))
        }
    }

    /// The request that a handler would get, with a body that has arrived whole.
    public func request(body: [UInt8]? = nil) -> Request {
        let body = body.map { Body(received: $0, limit: 1024 * 1024) } ?? Body()
        let content = slot.content(of: head)
        content.begin(client: client, number: 1)
        content.take(body)
        return Request(content)
    }

    /// What the last request was made of, which is used again as by an engine.
    // SAFETY: for the one thread that makes requests of the head.
    private final class Slot: @unchecked Sendable {
        private var content: RequestContent?

        func content(of head: MessageHead) -> RequestContent {
            if isKnownUniquelyReferenced(&content), let content { return content }
            let content = RequestContent(head: head)
            self.content = content
            return content
        }
    }

    private func run(_ text: String) -> MessageHead.Run {
        text.withBytes { head.append($0) }
    }
}

extension Headers {
    /// Calls `body` with each field in the order in which it goes to the wire.
    @_spi(Conformance) public func forEachWireField(
        _ body: (_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> Void
    ) {
        forEachField(body)
    }
}

extension Request {
    /// The same request with another body: what a driver that has streams of its own teed or piped.
    @_spi(Conformance) public func replacingBody(_ stream: ByteStream) -> Request {
        Request(
            method: method, url: url, headers: headers, box: BodyBox(.stream(stream)),
            details: details?.value ?? RequestDetails.Value(), following: self)
    }
}

extension Response {
    /// The same response with another body: what a driver that has streams of its own teed.
    @_spi(Conformance) public func replacingBody(_ stream: ByteStream) -> Response {
        var copy = Response(
            status: status, headers: headers, box: BodyBox(.stream(stream)), type: .none)
        let value = details?.value ?? ResponseDetails.Value()
        copy.change { $0 = value }
        return copy
    }

    /// `Response.json` of a value that another language has serialised already.
    @_spi(Conformance) public static func json(serialized bytes: [UInt8], init options: ResponseInit) throws -> Response
    {
        // 2–4. Initialize the response with the body and "application/json".
        try Response(Body(box: BodyBox(.bytes(bytes)), type: .implicit(.json)), init: options)
    }

    /// What fetching a URL gives that needs no network.
    @_spi(Conformance) public static func fetched(_ url: URL, type: String?, content: [UInt8]) -> Response {
        var response = Response(content, headers: Headers())
        response.headers[.contentType] = type
        response.headers.guard = .immutable
        response.change {
            $0.url = url
            $0.type = .basic
            $0.statusText = "OK"
        }
        return response
    }
}

/// Reads and writes `multipart/form-data` without a request around it.
@_spi(Conformance) public enum MultipartForms {
    /// A complete part.
    public struct Part: Hashable, Sendable {
        /// The name of the field.
        public let name: String
        /// The name of the file, nil for text.
        public let filename: String?
        /// The bytes.
        public let body: [UInt8]
    }

    /// Reads a body in pieces of some size.
    ///
    /// - Returns: The parts that are complete, and what is wrong, nil if nothing is.
    public static func read(
        _ body: [UInt8], boundary: String, pieceSize: Int, limits: FormDataLimits
    ) -> (parts: [Part], problem: String?) {
        var parts: [Part] = []
        do {
            var parser = try MultipartParser(boundary: boundary, limits: limits)
            var head: MultipartPartHead?
            var content: [UInt8] = []
            var position = 0
            while true {
                switch try parser.next(isAtEnd: position >= body.count) {
                case nil:
                    let end = min(position + max(pieceSize, 1), body.count)
                    try parser.append(Array(body[position..<end]))
                    position = end
                case .part(let next):
                    head = next
                    content = []
                case .bytes(let bytes): content += bytes
                case .partEnd:
                    if let head { parts.append(Part(name: head.name, filename: head.filename, body: content)) }
                case .end: return (parts, nil)
                }
            }
        } catch {
            return (parts, error.message)
        }
    }

    /// Writes a form whose files are in memory.
    public static func write(_ parts: [Part], boundary: String) -> [UInt8] {
        var form = FormData()
        for part in parts {
            if let filename = part.filename {
                form.append(part.name, Blob([part.body]), filename: filename)
            } else {
                form.append(part.name, String(decoding: part.body, as: UTF8.self))
            }
        }
        var bytes: [UInt8] = []
        for case .bytes(let piece) in MultipartWriter(form, boundary: boundary).blob.pieces { bytes += piece }
        return bytes
    }
}

/// Which answer the conditions and ranges of a request ask for.
@_spi(Conformance) public enum Conditions {
    /// The ranges of a field that exist, and the same joined; nil for a field that is ignored.
    public static func ranges(_ field: String, length: Int) -> (resolved: [Range<Int>], joined: [Range<Int>])? {
        guard let resolved = ByteRangeSet(field)?.resolved(length: length) else { return nil }
        return (resolved, ByteRangeSet.joined(resolved, gap: ByteRangeSet.partOverhead))
    }

    /// The status of the answer to a request for something with a tag, a date and a length.
    public static func status(
        _ method: Request.Method, _ headers: Headers, etag: String?, lastModified: Int64?, length: Int?
    ) -> UInt16 {
        let selected = SelectedRepresentation(
            etag: etag.flatMap { EntityTag($0) }, lastModified: lastModified, length: length)
        return switch selected.content(for: method, headers) {
        case .whole: 200
        case .parts: 206
        case .notModified: 304
        case .preconditionFailed: 412
        case .unsatisfiable: 416
        }
    }
}

extension Request {
    /// The cookies as the package cookie reads them.
    @_spi(Conformance) public var cookiesOfNode: RequestCookies { cookies(.node) }
}
