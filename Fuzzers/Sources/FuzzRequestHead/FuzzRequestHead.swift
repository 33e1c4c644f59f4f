// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetHTTP1

/// A request's head: what is read must not depend on the pieces in which the bytes arrive.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let whole = MessageReading.requestHead(bytes, step: count)
    precondition(MessageReading.requestHead(bytes, step: 1) == whole, "byte by byte is read otherwise than at once")
    precondition(MessageReading.requestHead(bytes, step: 7) == whole, "in pieces is read otherwise than at once")
    if case .complete(let consumed, _) = whole {
        precondition(bytes[..<consumed].suffix(4).elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]), "a head without its end")
    }
    return 0
}
