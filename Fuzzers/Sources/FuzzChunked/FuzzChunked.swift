// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetHTTP1

/// A chunked body: the content must not depend on the pieces in which the bytes arrive, nor outgrow them.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let whole = MessageReading.chunked(bytes, step: count)
    precondition(MessageReading.chunked(bytes, step: 1) == whole, "byte by byte is read otherwise than at once")
    precondition(MessageReading.chunked(bytes, step: 5) == whole, "in pieces is read otherwise than at once")
    if case .complete(let consumed, let content) = whole {
        precondition(consumed <= count && content.count < consumed, "more content than bytes")
        precondition(bytes[..<consumed].suffix(2).elementsEqual([0x0D, 0x0A]), "a body without its end")
    }
    return 0
}
