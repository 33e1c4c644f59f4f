// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetInfra
internal import WhippetStreams

/// The body that all copies of a request or response share: a source, and whether it was used.
///
/// Bytes, strings and files are read straight from the source; a `ReadableStream` exists only once somebody has asked
/// for `body`. From then on the stream decides what is used and locked.
final class BodyBox: Sendable {
    /// Where the bytes are.
    enum Source: Sendable {
        case string(String)
        case bytes([UInt8])
        case blob(Blob)
        case sequence(any BodySequence)
        case stream(ByteStream)
    }

    /// What happened to the source so far.
    private enum State: UInt8, AtomicRepresentable {
        /// Nothing.
        case unread
        /// Somebody reads it or has read it.
        case consumed
        /// A stream was made, which knows what happens to it.
        case streaming
    }

    /// The stream that stands for the body; `clone` replaces it by a branch.
    private final class StreamSlot: Sendable {
        private let locked: Locked<ByteStream>

        init(_ stream: ByteStream) { locked = Locked(stream) }

        var stream: ByteStream {
            get { locked.withLock { $0 } }
            set { locked.withLock { $0 = newValue } }
        }
    }

    /// A box of a blob's bytes; those that are at hand stay at hand.
    convenience init(_ blob: Blob) {
        self.init(blob.bytesInMemory.map { .bytes($0) } ?? .blob(blob))
    }

    let source: Source
    private let state: Atomic<State>
    private let slot = AtomicLazyReference<StreamSlot>()

    init(_ source: Source) {
        self.source = source
        if case .stream = source {
            state = Atomic(.streaming)
        } else {
            state = Atomic(.unread)
        }
    }

    /// How many bytes the body has, nil if that is not known.
    var length: Int? {
        switch source {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .blob(let blob): blob.size
        case .sequence(let sequence): sequence.length
        case .stream: nil
        }
    }

    /// Whether the body has no source but a stream.
    var isStream: Bool {
        switch source {
        case .stream, .sequence: true
        case .string, .bytes, .blob: false
        }
    }

    /// Whether nobody has begun to read the body, or asked for its stream.
    var isUntouched: Bool { state.load(ordering: .acquiring) == .unread }

    /// Whether the body was read, in part or whole.
    var isUsed: Bool {
        switch state.load(ordering: .acquiring) {
        case .unread: false
        case .consumed: true
        case .streaming: currentSlot.stream.disturbed
        }
    }

    /// Implements [unusable](https://fetch.spec.whatwg.org/#body-unusable).
    var isUnusable: Bool {
        switch state.load(ordering: .acquiring) {
        case .unread: false
        case .consumed: true
        case .streaming: currentSlot.stream.disturbed || currentSlot.stream.locked
        }
    }

    /// The body as a stream, always the same one.
    var stream: ByteStream {
        let previous = state.compareExchange(
            expected: .unread, desired: .streaming, ordering: .acquiringAndReleasing
        ).original
        // After reading, the stream is what the standard's reader left: disturbed, closed and locked.
        return previous == .consumed ? store(StreamSlot(.spent())).stream : currentSlot.stream
    }

    /// Takes the source, for the one who reads it to its end.
    ///
    /// - Throws: `TypeError` if the body was read or is being read.
    func claim(for reader: String) throws -> BodySource {
        let (claimed, state) = state.compareExchange(
            expected: .unread, desired: .consumed, ordering: .acquiringAndReleasing)
        if claimed { return contents }
        // No stream is made of a source that is consumed.
        let stream = state == .streaming ? currentSlot.stream : nil
        guard let stream, !stream.disturbed else {
            throw TypeError("\(reader): the body was already used; clone() before the first read gives a second one")
        }
        guard !stream.locked else { throw TypeError("\(reader): the body is locked to a reader") }
        return .stream(stream)
    }

    /// The source as the host sends it.
    ///
    /// Bytes and files are not consumed: a stored response can be sent again and again,
    /// also after somebody read it. What is there only once is claimed.
    ///
    /// - Throws: `TypeError` if a stream or a sequence was sent or read before.
    func sourceForSending() throws -> BodySource {
        if let contentsAtHand { return contentsAtHand }
        do {
            return try claim(for: "Response")
        } catch {
            throw TypeError(
                "Response: the body is a stream that was already sent or read; a stream can be sent once: "
                    + "make a new Response per request, or give it bytes")
        }
    }

    /// The source where it can be read any number of times; nil where its bytes are there only once.
    var contentsAtHand: BodySource? {
        isStream ? nil : contents
    }

    /// Implements [clone a body](https://fetch.spec.whatwg.org/#concept-body-clone); the caller has checked that it is
    /// usable.
    ///
    /// - Throws: `TypeError` if somebody has begun to read the body since.
    func clone() throws -> BodyBox {
        if state.load(ordering: .acquiring) == .unread {
            switch source {
            // Fast path: bytes that nobody looked at need no tee; "a clone is read independently" tests all sources.
            case .string, .bytes, .blob: return BodyBox(source)
            case .sequence, .stream: break
            }
        }
        // 1. Let « out1, out2 » be the result of teeing body's stream.
        let (first, second) = try stream.tee()
        // 2. Set body's stream to out1.
        currentSlot.stream = first
        // 3. Return a body whose stream is out2.
        return BodyBox(.stream(second))
    }

    /// A box with the same bytes that nobody has read; nil where the bytes are there only once.
    var fresh: BodyBox? {
        switch source {
        case .string, .bytes, .blob: BodyBox(source)
        case .sequence, .stream: nil
        }
    }

    /// A box that goes on where this one stands, which is used from now on.
    ///
    /// Implements [create a proxy](https://streams.spec.whatwg.org/#readablestream-create-a-proxy) for a body.
    ///
    /// - Throws: `TypeError` if the body was read or is being read.
    func proxy(for reader: String) throws -> BodyBox {
        switch try claim(for: reader) {
        case .stream(let stream):
            let proxy = try stream.makeProxy()
            state.store(.consumed, ordering: .releasing)
            return BodyBox(.stream(proxy))
        default:
            return BodyBox(source)
        }
    }

    /// Says that nobody will read the body: a source that is there once is cancelled, bytes and files stay.
    func cancel(_ reason: any Error) {
        guard case .sequence(let sequence) = source else {
            if case .stream = source { currentSlot.stream.cancelInBackground(reason) }
            return
        }
        let (claimed, _) = state.compareExchange(
            expected: .unread, desired: .consumed, ordering: .acquiringAndReleasing)
        if claimed { sequence.cancel(reason) } else { slot.load()?.stream.cancelInBackground(reason) }
    }

    // MARK: - The pieces

    private var contents: BodySource {
        switch source {
        case .string(let text): .string(text)
        case .bytes(let bytes): .bytes(bytes)
        case .blob(let blob): blob.source
        case .sequence(let sequence): .sequence(sequence)
        case .stream(let stream): .stream(stream)
        }
    }

    private var currentSlot: StreamSlot {
        if let slot = slot.load() { return slot }
        return store(StreamSlot(makeStream()))
    }

    /// Of several who make a slot at once, one wins; nobody has seen the others' streams.
    private func store(_ made: StreamSlot) -> StreamSlot {
        slot.storeIfNil(made)
    }

    private func makeStream() -> ByteStream {
        switch source {
        case .stream(let stream): stream
        case .string(let text): .of(Array(text.utf8))
        case .bytes(let bytes): .of(bytes)
        case .blob(let blob): blob.stream()
        case .sequence(let sequence): .pulling(sequence)
        }
    }
}

extension Blob {
    /// The bytes as the host sends them.
    fileprivate var source: BodySource {
        if pieces.count == 1, case .file(let range)? = pieces.first { return .file(range) }
        return .sequence(BlobSequence(self))
    }
}
