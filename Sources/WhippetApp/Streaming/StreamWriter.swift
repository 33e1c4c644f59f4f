// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

/// Writes the body of `Response.stream`, at the pace of the client.
///
/// A write returns when the next one may follow: at once as long as the client takes what comes, else when it has
/// taken all that waits. Small writes travel together: they leave when the function waits for something, when 16 KiB
/// are there, or with `flush`.
public struct StreamWriter: Sendable {
    let sink: any BodySink

    /// Writes bytes.
    ///
    /// - Throws: `CancellationError` when the client has left; `TypeError` for more bytes than a `Content-Length` says.
    public func write(_ bytes: [UInt8]) async throws {
        if !(try bytes.withUnsafeBufferPointer(sink.put)) { try await sink.ready() }
    }

    /// Writes text as UTF-8.
    ///
    /// - Throws: As for bytes.
    public func write(_ text: String) async throws {
        var text = text
        if !(try text.withUTF8(sink.put)) { try await sink.ready() }
    }

    /// Writes what a sequence brings, such as the body of a request or of another response, to its end.
    ///
    /// - Throws: What the sequence throws; else as for bytes.
    public func write<Chunks: AsyncSequence>(contentsOf chunks: Chunks) async throws where Chunks.Element == [UInt8] {
        for try await chunk in chunks { try await write(chunk) }
    }

    /// Writes what a sequence brings, such as the answer of a language model, as UTF-8, to its end.
    ///
    /// - Throws: What the sequence throws; else as for bytes.
    public func write<Texts: AsyncSequence>(contentsOf texts: Texts) async throws where Texts.Element == String {
        for try await text in texts { try await write(text) }
    }

    /// Sends at once what was written, or the head of the answer alone if nothing was; from then on an error can't
    /// become another answer.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func flush() async throws {
        try sink.flush()
        try await sink.ready()
    }
}
