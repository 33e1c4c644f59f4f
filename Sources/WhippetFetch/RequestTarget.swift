// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetURL

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The target of a received request: a path with a query, a whole URL, or `*`.
///
/// Source: [RFC 9112 §3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2). The parser has validated it.
struct RequestTarget {
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The path, without the query; `/` where there is none.
    var path: UnsafeBufferPointer<UInt8> {
        var start = 0
        if bytes.first != 0x2F, let authority = authorityStart {
            // Absolute form: the path begins after the authority.
            start = authority
            while start < bytes.count, bytes[start] != 0x2F, bytes[start] != 0x3F { start += 1 }
        }
        let end = mark(from: start) ?? bytes.count
        return end > start ? UnsafeBufferPointer(rebasing: bytes[start..<end]) : Self.root
    }

    /// Where the first question mark stands from a place on.
    private func mark(from start: Int) -> Int? {
        guard let base = bytes.baseAddress, let found = memchr(base + start, 0x3F, bytes.count &- start) else {
            return nil
        }
        return UnsafeRawPointer(base).distance(to: found)
    }

    /// The query, without the question mark; nil where there is none.
    var query: String? {
        guard let mark = mark(from: 0) else { return nil }
        return String(decoding: bytes[(mark + 1)...], as: UTF8.self)
    }

    /// The URL of the target at an authority.
    func url(isSecure: Bool, authority: UnsafeBufferPointer<UInt8>) -> URL? {
        if bytes.first != 0x2F, authorityStart != nil { return URL.parse(String(decoding: bytes, as: UTF8.self)) }
        // A request of HTTP/1.0 may have none; the first segment of its path is not one.
        guard !authority.isEmpty else { return nil }
        return URL(isSecure: isSecure, authority: authority, target: bytes.first == 0x2A ? Self.asterisk : bytes)
    }

    /// Where the authority of an absolute target begins.
    private var authorityStart: Int? {
        for index in 0..<min(bytes.count, 8) where bytes[index] == 0x3A {
            return index + 2 < bytes.count && bytes[index + 1] == 0x2F && bytes[index + 2] == 0x2F ? index + 3 : nil
        }
        return nil
    }

    /// What `*` becomes in a URL.
    private static var asterisk: UnsafeBufferPointer<UInt8> {
        let asterisk: StaticString = "/*"
        // SAFETY: a StaticString's storage is immutable and lives as long as the process.
        return UnsafeBufferPointer(start: asterisk.utf8Start, count: 2)
    }

    private static var root: UnsafeBufferPointer<UInt8> {
        let root: StaticString = "/"
        // SAFETY: a StaticString's storage is immutable and lives as long as the process.
        return UnsafeBufferPointer(start: root.utf8Start, count: 1)
    }
}

extension URL {
    /// What stands where no URL can be made.
    static let localhost: URL = {
        guard let url = URL.parse("http://localhost/") else { preconditionFailure("http://localhost/ is a URL") }
        return url
    }()
}
