// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What the standard does with array buffers and their views, in a driver's own kinds of them.
///
/// A driver whose buffers are values, as Swift's arrays are, has none that is shared: its transfers move.
protocol CoreByteMemory {
    /// What a default reader gets: a `Uint8Array`.
    associatedtype Chunk
    /// What goes into and comes out of a read into a buffer: an `ArrayBufferView`.
    associatedtype View
    /// An `ArrayBuffer`.
    associatedtype Buffer

    func describe(chunk: Chunk) -> CoreByteView<Buffer>
    func describe(view: View) -> CoreByteView<Buffer>
    func makeChunk(_ buffer: consuming Buffer, byteOffset: Int, byteLength: Int) -> Chunk
    /// Makes a view of a kind, whose length is counted in elements.
    func makeView(kind: Int, _ buffer: consuming Buffer, byteOffset: Int, length: Int) -> View
    /// Makes the view of a BYOB request: of what its descriptor has not filled.
    func makeRequestView(_ descriptor: CorePullIntoDescriptor<Buffer>) -> View
    /// The view of a BYOB request with its buffer, which leaves the descriptor if buffers can't be shared.
    func lendRequestView(_ view: View, _ descriptor: CorePullIntoDescriptor<Buffer>) -> View

    func allocate(_ byteLength: Int) throws -> Buffer
    func isDetached(_ buffer: borrowing Buffer) -> Bool
    func transfer(_ buffer: consuming Buffer) throws -> Buffer
    func clone(_ buffer: borrowing Buffer, byteOffset: Int, byteLength: Int) throws -> Buffer
    /// Copies bytes; false, and nothing done, when they can't be copied.
    func copyBytes(
        to target: inout Buffer, at targetOffset: Int, from source: borrowing Buffer, at sourceOffset: Int, count: Int
    ) -> Bool
}

/// What is known of a view, whatever its kind.
struct CoreByteView<Buffer> {
    var buffer: Buffer
    var bufferByteLength: Int
    var byteOffset: Int
    var byteLength: Int
    var elementSize = 1
    /// The driver's number of the view's constructor; 0 is `Uint8Array`.
    var kind = 0
}

/// A [pull-into descriptor](https://streams.spec.whatwg.org/#pull-into-descriptor).
final class CorePullIntoDescriptor<Buffer> {
    enum ReaderType {
        case `default`
        case byob
        case none
    }

    /// The buffer; nil while it is lent out, which is how a buffer that can't be shared is detached.
    var buffer: Buffer?
    let bufferByteLength: Int
    let byteOffset: Int
    let byteLength: Int
    var bytesFilled = 0
    let minimumFill: Int
    let elementSize: Int
    let viewKind: Int
    var readerType: ReaderType

    init(_ view: consuming CoreByteView<Buffer>, minimumFill: Int, readerType: ReaderType) {
        bufferByteLength = view.bufferByteLength
        byteOffset = view.byteOffset
        byteLength = view.byteLength
        elementSize = view.elementSize
        viewKind = view.kind
        buffer = view.buffer
        self.minimumFill = minimumFill
        self.readerType = readerType
    }

    /// Moves the buffer out, so that nobody else refers to it.
    func takeBuffer() -> Buffer? {
        let taken = buffer
        buffer = nil
        return taken
    }
}

/// The state of a [BYOB request](https://streams.spec.whatwg.org/#rs-byob-request-class).
final class CoreReadableStreamBYOBRequest<Memory: CoreByteMemory> {
    /// The controller, until the request is invalidated; the driver's request owns its stream.
    unowned var controller: CoreReadableByteStreamController<Memory>?
    var view: Memory.View?

    init(_ controller: CoreReadableByteStreamController<Memory>, _ view: Memory.View) {
        self.controller = controller
        self.view = view
    }
}
