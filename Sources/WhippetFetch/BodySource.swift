// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetStreams

/// Where the bytes of a body come from, as the host sends them.
package enum BodySource: Sendable {
    /// No body.
    case empty
    /// A string, to be sent as UTF-8.
    case string(String)
    case bytes([UInt8])
    /// A part of a file, to be opened by the reader.
    case file(FileRange)
    /// Chunks that are there once.
    case sequence(any BodySequence)
    /// A stream, not locked.
    case stream(ByteStream)
}

/// Chunks of a body that are there once: a request's incoming body, or any asynchronous sequence.
///
/// `next` is called by one reader, one call after another.
package protocol BodySequence: AnyObject, Sendable {
    /// How many bytes there are in all, where that is known before they come.
    var length: Int? { get }
    /// The next chunk, nil at the end.
    func next() async throws -> [UInt8]?
    /// Says that nobody reads on; a call of `next` that waits ends with an error or nil.
    func cancel(_ reason: any Error)
    /// The sequence as one that writes itself, where it can; then `next` is not called.
    var producer: (any BodyProducer)? { get }
}

extension BodySequence {
    /// Most are read.
    package var producer: (any BodyProducer)? { nil }
}

extension BodySource {
    /// The bytes chunk by chunk, whatever the source is.
    ///
    /// - Throws: `TypeError` if it is a stream that is locked.
    package func makeSequence() throws -> any BodySequence {
        switch self {
        case .empty: BlobSequence(Blob())
        case .string(let text): BlobSequence(Blob([text]))
        case .bytes(let bytes): BlobSequence(Blob([bytes]))
        case .file(let range): FileSequence(range)
        case .sequence(let sequence): sequence
        case .stream(let stream): StreamSequence(try stream.getReader())
        }
    }
}

/// The chunks of a stream.
private final class StreamSequence: BodySequence {
    private let reader: ReadableStreamDefaultReader<[UInt8]>

    init(_ reader: ReadableStreamDefaultReader<[UInt8]>) {
        self.reader = reader
    }

    var length: Int? { nil }

    func next() async throws -> [UInt8]? {
        try await reader.read()
    }

    func cancel(_ reason: any Error) {
        reader.cancelInBackground(reason)
    }
}
