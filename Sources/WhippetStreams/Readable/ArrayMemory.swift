// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A part of an array that bytes are read into.
struct ArrayView {
    var buffer: [UInt8]
    var byteOffset: Int
    var byteLength: Int
}

/// Swift's arrays as the buffers of byte streams: values that move from hand to hand, so that none is ever detached.
struct ArrayMemory: CoreByteMemory {
    func describe(chunk: [UInt8]) -> CoreByteView<[UInt8]> {
        CoreByteView(buffer: chunk, bufferByteLength: chunk.count, byteOffset: 0, byteLength: chunk.count)
    }

    func describe(view: ArrayView) -> CoreByteView<[UInt8]> {
        CoreByteView(
            buffer: view.buffer, bufferByteLength: view.buffer.count, byteOffset: view.byteOffset,
            byteLength: view.byteLength)
    }

    func makeChunk(_ buffer: consuming [UInt8], byteOffset: Int, byteLength: Int) -> [UInt8] {
        if byteOffset == 0, byteLength == buffer.count { return buffer }
        // A chunk that fills most of its buffer keeps it; a smaller one must not hold so much memory.
        guard byteOffset == 0, byteLength >= buffer.count / 2 else {
            return Array(buffer[byteOffset..<byteOffset + byteLength])
        }
        buffer.removeLast(buffer.count - byteLength)
        return buffer
    }

    func makeView(kind: Int, _ buffer: consuming [UInt8], byteOffset: Int, length: Int) -> ArrayView {
        ArrayView(buffer: buffer, byteOffset: byteOffset, byteLength: length)
    }

    func makeRequestView(_ descriptor: CorePullIntoDescriptor<[UInt8]>) -> ArrayView {
        ArrayView(
            buffer: [], byteOffset: descriptor.byteOffset + descriptor.bytesFilled,
            byteLength: descriptor.byteLength - descriptor.bytesFilled)
    }

    func lendRequestView(_ view: ArrayView, _ descriptor: CorePullIntoDescriptor<[UInt8]>) -> ArrayView {
        ArrayView(
            buffer: descriptor.takeBuffer() ?? [], byteOffset: view.byteOffset, byteLength: view.byteLength)
    }

    func allocate(_ byteLength: Int) throws -> [UInt8] {
        Array(repeating: 0, count: byteLength)
    }

    func isDetached(_ buffer: borrowing [UInt8]) -> Bool { false }

    func transfer(_ buffer: consuming [UInt8]) throws -> [UInt8] { buffer }

    func clone(_ buffer: borrowing [UInt8], byteOffset: Int, byteLength: Int) throws -> [UInt8] {
        Array(buffer[byteOffset..<byteOffset + byteLength])
    }

    func copyBytes(
        to target: inout [UInt8], at targetOffset: Int, from source: borrowing [UInt8], at sourceOffset: Int, count: Int
    ) -> Bool {
        guard count >= 0, sourceOffset >= 0, targetOffset >= 0, count <= source.count - sourceOffset,
            count <= target.count - targetOffset
        else { return false }
        target.withUnsafeMutableBytes { target in
            source.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(rebasing: target[targetOffset..<targetOffset + count])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[sourceOffset..<sourceOffset + count]))
            }
        }
        return true
    }
}

typealias CoreArrayStreamController = CoreReadableByteStreamController<ArrayMemory>
