// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The buffers of a driver, which are shared and can be detached.
struct DriverMemory: CoreByteMemory {
    let driver: any StreamDriver

    func describe(chunk: AnyObject) -> CoreByteView<AnyObject> {
        describe(view: chunk)
    }

    func describe(view: AnyObject) -> CoreByteView<AnyObject> {
        let view = driver.describe(view: view)
        return CoreByteView(
            buffer: view.buffer, bufferByteLength: view.bufferByteLength, byteOffset: view.byteOffset,
            byteLength: view.byteLength, elementSize: view.elementSize, kind: view.kind)
    }

    func makeChunk(_ buffer: consuming AnyObject, byteOffset: Int, byteLength: Int) -> AnyObject {
        driver.makeView(kind: DrivenView.uint8Array, buffer: buffer, byteOffset: byteOffset, length: byteLength)
    }

    func makeView(kind: Int, _ buffer: consuming AnyObject, byteOffset: Int, length: Int) -> AnyObject {
        driver.makeView(kind: kind, buffer: buffer, byteOffset: byteOffset, length: length)
    }

    func makeRequestView(_ descriptor: CorePullIntoDescriptor<AnyObject>) -> AnyObject {
        driver.makeView(
            kind: DrivenView.uint8Array, buffer: descriptor.buffer ?? descriptor,
            byteOffset: descriptor.byteOffset + descriptor.bytesFilled,
            length: descriptor.byteLength - descriptor.bytesFilled)
    }

    func lendRequestView(_ view: AnyObject, _ descriptor: CorePullIntoDescriptor<AnyObject>) -> AnyObject {
        view
    }

    func allocate(_ byteLength: Int) throws -> AnyObject {
        try driver.allocate(byteLength: byteLength)
    }

    func isDetached(_ buffer: borrowing AnyObject) -> Bool {
        driver.isDetached(buffer: copy buffer)
    }

    func transfer(_ buffer: consuming AnyObject) throws -> AnyObject {
        try driver.transfer(buffer: buffer)
    }

    func clone(_ buffer: borrowing AnyObject, byteOffset: Int, byteLength: Int) throws -> AnyObject {
        try driver.clone(buffer: copy buffer, byteOffset: byteOffset, byteLength: byteLength)
    }

    func copyBytes(
        to target: inout AnyObject, at targetOffset: Int, from source: borrowing AnyObject, at sourceOffset: Int,
        count: Int
    ) -> Bool {
        driver.copyBytes(to: target, at: targetOffset, from: copy source, at: sourceOffset, count: count)
    }
}
