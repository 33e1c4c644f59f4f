// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetStreams

/// A body and its type: what a `BodyInit` becomes, and what a `Request` or `Response` is given.
///
/// ```swift
/// struct HTML: BodyInit {
///     var markup: String
///     func extractBody() -> Body { Body(markup, type: "text/html;charset=UTF-8") }
/// }
/// ```
/// Source: [body with type](https://fetch.spec.whatwg.org/#body-with-type).
public struct Body: Sendable {
    /// The Content-Type that a body brings along.
    enum ContentType: Sendable {
        case implicit(Headers.ImplicitContentType)
        case other(String)
    }

    /// Nil for a null body.
    let box: BodyBox?
    let type: ContentType
    /// How many bytes a read may gather; nil for as many as come.
    package var limit: Int?

    init(box: BodyBox?, type: ContentType = .implicit(.none)) {
        self.box = box
        self.type = type
    }

    private init(_ source: BodyBox.Source, type: String?) {
        box = BodyBox(source)
        self.type = type.map { .other($0) } ?? .implicit(.none)
    }

    /// A body of text, as `text/plain`.
    public init(_ text: String) {
        self.init(box: BodyBox(.string(text)), type: .implicit(.plainText))
    }

    /// A body of text with a type.
    public init(_ text: String, type: String) {
        self.init(.string(text), type: type)
    }

    /// A body of bytes, without a type if none is given.
    public init(_ bytes: [UInt8], type: String? = nil) {
        self.init(.bytes(bytes), type: type)
    }

    /// A body that a stream brings, without a type if none is given.
    public init(_ stream: ByteStream, type: String? = nil) {
        self.init(.stream(stream), type: type)
    }

    /// A body that an asynchronous sequence of chunks brings, which is read once.
    public init<Chunks: AsyncSequence>(chunks: sending Chunks, type: String? = nil) where Chunks.Element == [UInt8] {
        self.init(.sequence(AsyncSequenceBody(chunks)), type: type)
    }

    /// A null body: no body at all, which is not the same as an empty one.
    public init() {
        self.init(box: nil)
    }

    /// A body that the host receives; `limit` bounds what a read may gather.
    package init(incoming sequence: any BodySequence, limit: Int?) {
        self.init(box: BodyBox(.sequence(sequence)))
        self.limit = limit
    }

    /// A body that the host has received whole; `limit` bounds what a read may gather.
    package init(received bytes: [UInt8], limit: Int?) {
        self.init(box: BodyBox(.bytes(bytes)))
        self.limit = limit
    }

    /// A body of a blob's bytes, with its type if it has one.
    public init(_ blob: Blob) {
        self.init(box: BodyBox(blob), type: blob.type.isEmpty ? .implicit(.none) : .other(blob.type))
    }

    /// A part of a file, opened when somebody reads it.
    package init(file: FileRange, type: String? = nil) {
        self.init(box: BodyBox(Blob(file)), type: type.map { .other($0) } ?? .implicit(.none))
    }
}
