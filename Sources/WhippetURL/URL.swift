// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// A URL as the [URL Standard](https://url.spec.whatwg.org/#url-class) defines it.
///
/// Parsing, the getters and the setters behave as a browser's `URL`. It is a value: a copy is independent.
///
///     var url = try URL("/items?q=1", base: "https://example.com")
///     url.pathname = "/things"
///     url.searchParams.set("q", "2")
///     url.href  // "https://example.com/things?q=2"
///
/// Where Foundation is imported too, `WebURL` names the same type.
public struct URL: Sendable {
    /// The serialisation, always ASCII.
    @usableFromInline let serialization: String
    /// Where the components lie in it.
    @usableFromInline let offsets: URLOffsets

    init(serialization: String, offsets: URLOffsets) {
        self.serialization = serialization
        self.offsets = offsets
    }

    /// Parses a URL, relative to a base if one is given.
    ///
    /// Implements [new URL(url, base)](https://url.spec.whatwg.org/#dom-url-url).
    ///
    /// - Throws: `TypeError` if the input is no URL, with the input and the rule that it breaks.
    public init(_ input: String, base: URL? = nil) throws(TypeError) {
        do {
            self = try URLParser.parse(input, base: base)
        } catch {
            throw error.typeError(input)
        }
    }

    /// Parses a URL relative to a base given as a string.
    ///
    /// Implements [new URL(url, base)](https://url.spec.whatwg.org/#dom-url-url).
    ///
    /// - Throws: `TypeError` if the base or the input is no URL.
    public init(_ input: String, base: String) throws(TypeError) {
        try self.init(input, base: URL(base))
    }

    /// Parses a URL, or returns nil where the initialiser throws.
    ///
    /// Implements [URL.parse](https://url.spec.whatwg.org/#dom-url-parse).
    public static func parse(_ input: String, base: URL? = nil) -> URL? {
        try? URLParser.parse(input, base: base)
    }

    /// Parses a URL relative to a base given as a string, or returns nil where the initialiser throws.
    ///
    /// Implements [URL.parse](https://url.spec.whatwg.org/#dom-url-parse).
    public static func parse(_ input: String, base: String) -> URL? {
        guard let base = parse(base) else { return nil }
        return parse(input, base: base)
    }

    /// Whether the initialiser would succeed.
    ///
    /// Implements [URL.canParse](https://url.spec.whatwg.org/#dom-url-canparse).
    public static func canParse(_ input: String, base: URL? = nil) -> Bool {
        URLParser.canParse(input, base: base)
    }

    /// Whether the initialiser would succeed.
    ///
    /// Implements [URL.canParse](https://url.spec.whatwg.org/#dom-url-canparse).
    public static func canParse(_ input: String, base: String) -> Bool {
        guard let base = parse(base) else { return false }
        return canParse(input, base: base)
    }
}

/// The same type as `URL`, under a name that Foundation doesn't have.
public typealias WebURL = URL
