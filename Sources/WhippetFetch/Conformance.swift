// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// A request's head as a server receives it, kept ready to make requests of.
@_spi(Conformance) public struct ReceivedHead: Sendable {
    private let head = MessageHead()
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
        return Request(received: head, body: body, client: client, number: 1)
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
