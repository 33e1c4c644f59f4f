// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

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
        var cookies = Collected()
        for header in headers {
            header.withBytes { Self.parse($0, into: &cookies) }
        }
        self.cookies = cookies.list
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

    /// Cookies in the order in which their names came first, each with its last value.
    private struct Collected {
        private(set) var list: [Cookie] = []
        /// Where each name stands, once there are too many to look at each.
        private var places: [String: Int] = [:]

        mutating func append(_ cookie: Cookie) {
            if let place = place(of: cookie.name) {
                list[place] = cookie
                return
            }
            if list.count > 16 { places[cookie.name] = list.count }
            list.append(cookie)
        }

        private mutating func place(of name: String) -> Int? {
            guard list.count > 16 else { return list.firstIndex { $0.name == name } }
            if places.isEmpty {
                for (place, cookie) in list.enumerated() { places[cookie.name] = place }
            }
            return places[name]
        }
    }

    private static func parse(_ header: UnsafeBufferPointer<UInt8>, into cookies: inout Collected) {
        for pair in header.split(separator: 0x3B) {
            // Blanks before a name are dropped, those after a value belong to it.
            let pair = pair.drop { $0 == 0x20 }
            guard !pair.isEmpty else { continue }
            guard let equals = pair.firstIndex(of: 0x3D) else {
                // A name alone is a flag that is set.
                cookies.append(Cookie(name: String(decoding: pair, as: UTF8.self), value: "true"))
                continue
            }
            guard let value = CookieText.decode(pair[(equals + 1)...]) else { continue }
            cookies.append(Cookie(name: String(decoding: pair[..<equals], as: UTF8.self), value: value))
        }
    }
}
