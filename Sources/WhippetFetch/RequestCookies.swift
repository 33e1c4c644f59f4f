// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Request {
    /// The cookies of the request, read from its `Cookie` header when asked for.
    public var cookies: RequestCookies {
        RequestCookies(headers.values(of: "cookie"))
    }
}

/// The cookies that a client sent.
///
/// ```swift
/// guard let token = request.cookies["token"] else { throw HTTPError.unauthorized }
/// ```
/// Values are percent-decoded; one that can't be is left out. Of two cookies of one name the later one counts.
/// Source: [RFC 6265 §4.2](https://www.rfc-editor.org/rfc/rfc6265#section-4.2).
public struct RequestCookies: Sendable, Sequence {
    /// A cookie as a client sends it.
    public struct Cookie: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value, percent-decoded.
        public let value: String
    }

    private let cookies: [Cookie]

    init(_ headers: [String]) {
        var cookies: [Cookie] = []
        // A repeated name takes the place of the first and the value of the last.
        var places: [String: Int] = [:]
        for header in headers {
            for cookie in Self.parse(header) {
                if let place = places[cookie.name] {
                    cookies[place] = cookie
                } else {
                    places[cookie.name] = cookies.count
                    cookies.append(cookie)
                }
            }
        }
        self.cookies = cookies
    }

    /// The value of a cookie, nil if the client sent none of that name.
    public subscript(_ name: String) -> String? { self.get(name)?.value }

    /// The cookie of a name, nil if the client sent none.
    public func get(_ name: String) -> Cookie? { cookies.first { $0.name == name } }

    /// All cookies, in the order in which their names came first.
    public func getAll() -> [Cookie] { cookies }

    /// The cookies of a name.
    public func getAll(_ name: String) -> [Cookie] { cookies.filter { $0.name == name } }

    /// Whether the client sent a cookie of a name.
    public func has(_ name: String) -> Bool { get(name) != nil }

    /// Iterates over the cookies.
    public func makeIterator() -> IndexingIterator<[Cookie]> { cookies.makeIterator() }

    // MARK: - Algorithm

    private static func parse(_ header: String) -> [Cookie] {
        header.utf8.split(separator: 0x3B).compactMap { pair in
            // Blanks before a name are dropped, those after a value belong to it.
            let pair = pair.drop { $0 == 0x20 }
            guard !pair.isEmpty else { return nil }
            guard let equals = pair.firstIndex(of: 0x3D) else {
                // A name alone is a flag that is set.
                return Cookie(name: String(Substring(pair)), value: "true")
            }
            let value = pair[pair.index(after: equals)...]
            guard let decoded = decode(value) else { return nil }
            return Cookie(name: String(Substring(pair[..<equals])), value: decoded)
        }
    }

    /// The value percent-decoded, nil for a bad escape or bytes that are not UTF-8, as `decodeURIComponent` does.
    private static func decode(_ value: Substring.UTF8View) -> String? {
        guard value.contains(0x25) else { return String(Substring(value)) }
        var bytes: [UInt8] = []
        var rest = value
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(ASCII.hexValue), let low = rest.popFirst().flatMap(ASCII.hexValue)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
