// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetURL

/// An urlencoded form: what was read, written and read again is the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let pairs = URLEncodedForms.parse(bytes)
    let written = URLEncodedForms.serialize(pairs)
    precondition(written.allSatisfy { $0 < 0x80 }, "not ASCII")
    let again = written.withUnsafeBufferPointer { URLEncodedForms.parse($0) }
    precondition(again.elementsEqual(pairs, by: same), "read again to other pairs")

    var parameters = URLSearchParams(String(decoding: bytes, as: UTF8.self))
    for (name, value) in parameters.prefix(20) {
        precondition(parameters.has(name, value), "a lost pair")
        let values = parameters.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value)
        precondition(parameters.getAll(name) == values, "other values")
        precondition(parameters.get(name) == values.first, "another first value")
        for other in [name + "=", name + "%", String(name.dropLast())] {
            let isThere = parameters.contains { $0.name.utf8.elementsEqual(other.utf8) }
            precondition(parameters.has(other) == isThere, "another name")
        }
    }
    let before = parameters.size
    parameters.sort()
    precondition(parameters.size == before, "a pair lost by sorting")
    if let name = parameters.keys().first {
        parameters.set(name, "x")
        precondition(parameters.getAll(name) == ["x"], "more than one value")
        parameters.delete(name)
        precondition(!parameters.has(name), "a name that stayed")
    }
    return 0
}

private func same(_ left: (name: String, value: String), _ right: (name: String, value: String)) -> Bool {
    // By their bytes: strings compare equal when they are canonically equivalent.
    left.name.utf8.elementsEqual(right.name.utf8) && left.value.utf8.elementsEqual(right.value.utf8)
}
