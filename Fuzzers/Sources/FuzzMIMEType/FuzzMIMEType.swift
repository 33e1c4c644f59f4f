// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetInfra

/// A MIME type, or a line each of several: what was read, written and read again is the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    check(text)
    _ = MIMETypes.minimized(text, isSupported: false)
    _ = MIMETypes.minimized(text, isSupported: true)
    let lines = text.utf8.split(separator: 0x0A).compactMap { String($0) }
    if let extracted = MIMETypes.extracted(from: lines) { check(extracted) }
    return 0
}

private func check(_ text: String) {
    guard let written = MIMETypes.normalized(text) else { return }
    guard let again = MIMETypes.normalized(written) else { preconditionFailure("not read again: \(written)") }
    precondition(again.utf8.elementsEqual(written.utf8), "read again to another type: \(written) \(again)")
}
