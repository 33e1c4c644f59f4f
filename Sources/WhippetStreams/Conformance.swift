// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.
//
// Here are the protocols that another language's driver supplies. What it gets for them is in `Driver/`: the objects of
// the Streams Standard over the same core that the Swift face stands on, without a lock, with chunks that the core never
// looks into, and with every job and promise in the driver's hands.

/// A language that drives the streams core: its job queue, promises, errors and buffers.
///
/// All calls come on the thread that entered the core, and user code may be called in their midst.
@_spi(Conformance) public protocol StreamDriver: AnyObject {
    /// Runs a job after all jobs enqueued before it: a microtask.
    func enqueue(_ job: @escaping () -> Void)
    /// Makes a pending promise.
    func makePromise() -> any StreamDriverPromise
    /// Makes a new `TypeError` object.
    func typeError(_ message: String) -> any Error
    /// Makes a new `RangeError` object.
    func rangeError(_ message: String) -> any Error
    /// Makes an array of two reasons, which a teed stream is cancelled with.
    func list(_ first: any Error, _ second: any Error) -> any Error

    /// Says what a view looks at.
    func describe(view: AnyObject) -> DrivenView
    /// [IsDetachedBuffer](https://tc39.es/ecma262/#sec-isdetachedbuffer).
    func isDetached(buffer: AnyObject) -> Bool
    /// [TransferArrayBuffer](https://streams.spec.whatwg.org/#transfer-array-buffer): a new buffer of the same bytes,
    /// and the old one is detached.
    func transfer(buffer: AnyObject) throws -> AnyObject
    /// Makes a buffer of zeros.
    func allocate(byteLength: Int) throws -> AnyObject
    /// [CloneArrayBuffer](https://tc39.es/ecma262/#sec-clonearraybuffer).
    func clone(buffer: AnyObject, byteOffset: Int, byteLength: Int) throws -> AnyObject
    /// Copies bytes from one buffer to another.
    ///
    /// [CopyDataBlockBytes](https://tc39.es/ecma262/#sec-copydatablockbytes); returns false, and copies nothing, if
    /// [CanCopyDataBlockBytes](https://streams.spec.whatwg.org/#abstract-opdef-cancopydatablockbytes) is false.
    func copyBytes(
        to target: AnyObject, at targetOffset: Int, from source: AnyObject, at sourceOffset: Int, count: Int
    )
        -> Bool
    /// Makes a view of a kind, on `length` elements.
    func makeView(kind: Int, buffer: AnyObject, byteOffset: Int, length: Int) -> AnyObject
}

/// A promise of a language that drives the streams core, which is never fulfilled with anything but undefined.
@_spi(Conformance) public protocol StreamDriverPromise: AnyObject {
    /// Fulfils it with undefined, now; its reactions are enqueued at once.
    func resolve()
    /// Rejects it with a reason, now.
    func reject(_ reason: any Error)
    /// Resolves it with another promise: as in JavaScript it settles two jobs after that one.
    func resolve(with other: any StreamDriverPromise)
    /// Runs one of the two when it settles, in a job of its own: PerformPromiseThen without a result.
    func react(fulfilled: @escaping () -> Void, rejected: @escaping (any Error) -> Void)
    /// Sets \[[PromiseIsHandled]] to true.
    func setHandled()
}

/// What a driver says of a view.
@_spi(Conformance) public struct DrivenView {
    /// The number that stands for `Uint8Array` among the kinds of view; the driver numbers the others.
    public static let uint8Array = 0

    /// The buffer that it looks at.
    public var buffer: AnyObject
    /// How many bytes the whole buffer has, 0 if it is detached.
    public var bufferByteLength: Int
    /// Where the view begins.
    public var byteOffset: Int
    /// How many bytes the view has.
    public var byteLength: Int
    /// How many bytes an element has; 1 for a `DataView`.
    public var elementSize: Int
    /// Which constructor makes such views: what `makeView` gets.
    public var kind: Int

    /// Describes a view.
    public init(
        buffer: AnyObject, bufferByteLength: Int, byteOffset: Int, byteLength: Int, elementSize: Int, kind: Int
    ) {
        self.buffer = buffer
        self.bufferByteLength = bufferByteLength
        self.byteOffset = byteOffset
        self.byteLength = byteLength
        self.elementSize = elementSize
        self.kind = kind
    }
}
