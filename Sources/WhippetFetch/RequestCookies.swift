// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Request {
    /// The cookies of the request, read from its `Cookie` header when asked for.
    ///
    /// A change writes the header of this value anew; `cookies()` and other copies of the request keep theirs.
    public var cookies: RequestCookies {
        get { RequestCookies(headers.values(of: "cookie")) }
        set { headers["cookie"] = newValue.serialized }
    }

    /// The cookies of the request, read as some other host does.
    package func cookies(_ rules: RequestCookies.Rules) -> RequestCookies {
        RequestCookies(headers.values(of: "cookie"), rules: rules)
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

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// How what is not quite a cookie is read.
    package enum Rules: Sendable {
        /// As Next's route handlers do: the later one of a name, `true` for a name alone, nothing for a bad escape, quotes
        /// kept.
        case next
        /// As the package cookie does: the first of a name, nothing for a name alone, a bad escape as it is, quotes and
        /// blanks stripped.
        case node
    }

    private var cookies: [Cookie]

    /// The cookies that a host has chosen.
    package init(cookies: [Cookie]) {
        self.cookies = cookies
    }

    init(_ headers: [String], rules: Rules = .next) {
        var cookies = Collected(keepsFirst: rules == .node)
        for header in headers {
            header.withBytes { header in
                switch rules {
                case .next: Self.parse(header, into: &cookies)
                case .node: Self.parseAsNode(header, into: &cookies)
                }
            }
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

    /// Gives a cookie a value; one that is new comes last.
    ///
    /// ```swift
    /// var inner = request
    /// try inner.cookies.set("theme", "dark")
    /// ```
    /// - Throws: `TypeError` for a name that is no token.
    public mutating func set(_ name: String, _ value: String) throws {
        guard ASCII.isToken(name) else { throw TypeError("RequestCookies.set: \"\(name)\" is not a valid cookie name") }
        let cookie = Cookie(name: name, value: value)
        if let place = cookies.firstIndex(where: { $0.name == name }) {
            cookies[place] = cookie
        } else {
            cookies.append(cookie)
        }
    }

    /// Removes the cookies of these names; true when there was one.
    @discardableResult
    public mutating func delete(_ names: String...) -> Bool {
        let count = cookies.count
        cookies.removeAll { names.contains($0.name) }
        return cookies.count < count
    }

    /// Removes all cookies.
    public mutating func clear() {
        cookies = []
    }

    /// The value of a `Cookie` header with these cookies; nil for none.
    fileprivate var serialized: String? {
        if cookies.isEmpty { return nil }
        return cookies.map { "\($0.name)=\(CookieText.encode($0.value))" }.joined(separator: "; ")
    }

    /// Iterates over the cookies.
    public func makeIterator() -> IndexingIterator<[Cookie]> { cookies.makeIterator() }

    // MARK: - Algorithm

    /// Cookies in the order in which their names came first, each with its last value.
    private struct Collected {
        /// Whether the first of a name counts, not the last.
        let keepsFirst: Bool
        private(set) var list: [Cookie] = []
        /// Where each name stands, once there are too many to look at each.
        private var places: [String: Int] = [:]

        init(keepsFirst: Bool) {
            self.keepsFirst = keepsFirst
        }

        mutating func append(_ cookie: Cookie) {
            if let place = place(of: cookie.name) {
                if !keepsFirst { list[place] = cookie }
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

    private static func parseAsNode(_ header: UnsafeBufferPointer<UInt8>, into cookies: inout Collected) {
        for pair in header.split(separator: 0x3B) {
            guard let equals = pair.firstIndex(of: 0x3D) else { continue }
            let name = trimmed(pair[..<equals])
            var value = trimmed(pair[(equals + 1)...])
            if value.count >= 2, value.first == 0x22, value.last == 0x22 { value = value.dropFirst().dropLast() }
            cookies.append(
                Cookie(
                    name: String(decoding: name, as: UTF8.self),
                    value: CookieText.decode(value) ?? String(decoding: value, as: UTF8.self)))
        }
    }

    private static func trimmed(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var text = text.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
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
