// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetInfra

/// Field lines: as an item, a list and a dictionary, what was read, written and read again is the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
    }
    check(lines, as: StructuredFieldValue.item)
    check(lines, as: StructuredFieldValue.list)
    check(lines, as: StructuredFieldValue.dictionary)
    return 0
}

private func check(_ lines: [String], as parse: ([String]) -> StructuredFieldValue?) {
    guard let value = parse(lines) else { return }
    precondition(parse([lines.joined(separator: ", ")]) == value, "lines joined are read otherwise: \(lines)")
    guard let written = value.serialized else { preconditionFailure("read, but not written: \(lines)") }
    precondition(written.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "not printable ASCII: \(written)")
    guard let again = parse([written]) else { preconditionFailure("not read again: \(written)") }
    precondition(again == value, "read again to another value: \(written)")
    precondition(again.serialized == written, "written again otherwise: \(written)")
}
