// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Encodes a string in base 64, each of its characters being one byte.
///
/// Implements [btoa](https://html.spec.whatwg.org/#dom-btoa).
///
/// - Throws: `DOMException` named `InvalidCharacterError` if a character is above U+00FF.
public func btoa(_ data: String) throws(DOMException) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.utf8.count)
    for scalar in data.unicodeScalars {
        guard let byte = UInt8(exactly: scalar.value) else {
            throw DOMException("btoa: the string has a character above U+00FF", name: .invalidCharacterError)
        }
        bytes.append(byte)
    }
    return Base64.encode(bytes.span)
}

/// Decodes base 64 into a string whose characters are the bytes, white space and missing padding forgiven.
///
/// Implements [atob](https://html.spec.whatwg.org/#dom-atob).
///
/// - Throws: `DOMException` named `InvalidCharacterError` if the string is not base 64.
public func atob(_ data: String) throws(DOMException) -> String {
    guard let bytes = Base64.forgivingDecode(Array(data.utf8).span) else {
        throw DOMException("atob: the string is not correctly encoded", name: .invalidCharacterError)
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
    return String(text)
}
