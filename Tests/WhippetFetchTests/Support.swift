// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import WhippetFetch
import WhippetInfra
import WhippetStreams

/// A received head, as the HTTP parser would fill it.
func receivedHead(
    _ method: HTTPMethod = .GET, _ target: String = "/", authority: String = "example.com",
    fields: [(String, String)] = []
) -> MessageHead {
    receivedHead(
        method, target, authority: authority, byteFields: fields.map { (Array($0.0.utf8), Array($0.1.utf8)) })
}

/// A received head with values of any bytes.
func receivedHead(
    _ method: HTTPMethod = .GET, _ target: String = "/", authority: String = "example.com",
    byteFields: [([UInt8], [UInt8])]
) -> MessageHead {
    let head = MessageHead()
    head.storage.pointee.method = method
    head.storage.pointee.target = Array(target.utf8).withUnsafeBufferPointer { head.append($0) }
    head.storage.pointee.authority = Array(authority.utf8).withUnsafeBufferPointer { head.append($0) }
    for (name, value) in byteFields {
        let name = name.withUnsafeBufferPointer { head.append($0) }
        let value = value.withUnsafeBufferPointer { head.append($0) }
        head.append(MessageHead.Field(name: name, value: value))
    }
    return head
}

/// A received request.
func receivedRequest(
    _ method: HTTPMethod = .GET, _ target: String = "/", authority: String = "example.com",
    fields: [(String, String)] = [], body: Body = Body(), client: ClientLink = testClient(), number: UInt64 = 1
) -> Request {
    let content = RequestContent(head: receivedHead(method, target, authority: authority, fields: fields))
    content.begin(client: client, number: number)
    content.take(body)
    return Request(content)
}

/// A client link of 127.0.0.1.
func testClient(scheme: String = "http") -> ClientLink {
    ClientLink(scheme: scheme, remoteAddress: "127.0.0.1", fallbackAuthority: "127.0.0.1:3000")
}

/// A body that arrives in the given chunks, and notes what happens to it.
final class ChunkSequence: BodySequence {
    private struct State {
        var chunks: ArraySlice<[UInt8]>
        var reads = 0
        var cancelReason: (any Error)?
    }

    let length: Int?
    private let state: Locked<State>

    init(_ chunks: [String], length: Int? = nil) {
        self.length = length
        state = Locked(State(chunks: chunks.map { Array($0.utf8) }[...]))
    }

    /// The text in chunks of some size.
    convenience init(_ text: String, size: Int = 1000) {
        self.init(bytes: Array(text.utf8), size: size)
    }

    /// The bytes in chunks of some size.
    init(bytes: [UInt8], size: Int) {
        length = nil
        let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        state = Locked(State(chunks: chunks[...]))
    }

    var reads: Int { state.withLock { $0.reads } }
    var cancelReason: (any Error)? { state.withLock { $0.cancelReason } }

    func next() async throws -> [UInt8]? {
        state.withLock { state in
            state.reads += 1
            return state.chunks.popFirst()
        }
    }

    func cancel(_ reason: any Error) {
        state.withLock { $0.cancelReason = reason }
    }
}

/// A stream of chunks.
func byteStream(_ chunks: [String]) -> ByteStream {
    let sequence = ChunkSequence(chunks)
    return ByteStream(pulling: { try await sequence.next() }, cancelled: { sequence.cancel($0 ?? CancellationError()) })
}

/// The error that `body` throws, as text; nil if it throws none.
func asyncErrorText(of body: () async throws -> some Any) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch {
        return "\(error)"
    }
}

/// The error that `body` throws, as text; nil if it throws none.
func errorText(of body: () throws -> some Any) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return "\(error)"
    }
}

/// All bytes of a stream.
func gather(_ stream: ByteStream?) async throws -> String {
    let reader = try #require(stream).getReader()
    var bytes: [UInt8] = []
    while let chunk = try await reader.read() { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
}

extension Headers {
    /// The fields as they leave, `name: value` in wire order.
    var wire: [String] {
        var lines: [String] = []
        forEachField { name, value in
            let value = String(String.UnicodeScalarView(value.map { Unicode.Scalar($0) }))
            lines.append("\(String(decoding: name, as: UTF8.self)): \(value)")
        }
        return lines
    }

    /// The pairs of the iteration as `name: value`.
    var pairs: [String] { map { "\($0.name): \($0.value)" } }
}
