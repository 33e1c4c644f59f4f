// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetStreams

/// A response's body as a row of chunks, whatever it is made of.
struct ResponseChunks {
    private enum Source {
        case sequence(any BodySequence)
        case stream(ReadableStreamDefaultReader<[UInt8]>)
        case ended
    }

    private let source: Source

    /// Claims the body.
    ///
    /// - Throws: `TypeError` when it is a stream that was sent or read before, or is locked.
    init(_ response: Response) throws {
        switch try response.sourceForSending() {
        case .sequence(let sequence): source = .sequence(sequence)
        case .stream(let stream): source = .stream(try stream.getReader())
        case .file(let range): source = .sequence(range.makeSequence())
        case .empty, .string, .bytes: source = .ended
        }
    }

    /// The next chunk; nil at the end.
    func next() async throws -> [UInt8]? {
        switch source {
        case .sequence(let sequence): try await sequence.next()
        case .stream(let reader): try await reader.read()
        case .ended: nil
        }
    }

    /// Tells the source that nobody reads on.
    func cancel(_ reason: any Error) async {
        switch source {
        case .sequence(let sequence): sequence.cancel(reason)
        case .stream(let reader): try? await reader.cancel(reason)
        case .ended: break
        }
    }
}
