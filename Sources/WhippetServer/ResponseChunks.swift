// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetStreams

/// A body as a row of chunks, whatever it is made of.
package struct ResponseChunks {
    private enum Source {
        case sequence(any BodySequence)
        case file(FileSequence)
        case stream(ReadableStreamDefaultReader<[UInt8]>)
        case ended
    }

    private let source: Source

    /// Claims the body.
    ///
    /// - Throws: `TypeError` when it is a stream that was sent or read before, or is locked.
    init(_ response: Response) throws {
        try self.init(response.sourceForSending())
    }

    /// Takes a source that has been claimed.
    ///
    /// - Throws: `TypeError` when it is a stream that is locked.
    package init(_ source: BodySource) throws {
        switch source {
        case .sequence(let sequence): self.source = .sequence(sequence)
        case .stream(let stream): self.source = .stream(try stream.getReader())
        case .file(let range): self.source = .file(FileSequence(range))
        case .empty, .string, .bytes: self.source = .ended
        }
    }

    /// The next chunk; nil at the end.
    package func next() async throws -> [UInt8]? {
        switch source {
        case .sequence(let sequence): try await sequence.next()
        case .file(let sequence): try await sequence.next()
        case .stream(let reader): try await reader.read()
        case .ended: nil
        }
    }

    /// The body as a part of a file, if it is one and nothing more.
    var file: FileSequence? {
        if case .file(let sequence) = source { sequence } else { nil }
    }

    /// Tells the source that nobody reads on.
    package func cancel(_ reason: any Error) async {
        switch source {
        case .sequence(let sequence): sequence.cancel(reason)
        // Its file is closed with it.
        case .file: break
        case .stream(let reader): try? await reader.cancel(reason)
        case .ended: break
        }
    }
}
