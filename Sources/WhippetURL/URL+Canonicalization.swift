// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// The URL Pattern Standard's [encoding callbacks](https://urlpattern.spec.whatwg.org/#canon-encoding-callbacks).
///
/// Each of them runs one state of the URL parser on a dummy URL, so they stand beside that parser. Nil is failure.
package enum URLCanonicalization {
    /// Whether this is a [special scheme](https://url.spec.whatwg.org/#special-scheme), in lower case.
    package static func isSpecialScheme(_ scheme: String) -> Bool {
        specialSchemes.contains(scheme)
    }

    /// The special schemes.
    package static let specialSchemes = ["ftp", "file", "http", "https", "ws", "wss"]

    /// The [default port](https://url.spec.whatwg.org/#default-port) of a scheme in lower case.
    package static func defaultPort(ofScheme scheme: String) -> UInt16? {
        isSpecialScheme(scheme) ? SpecialScheme(Array(scheme.utf8).span).defaultPort : nil
    }

    /// Implements [canonicalize a protocol](https://urlpattern.spec.whatwg.org/#canonicalize-a-protocol).
    package static func `protocol`(_ value: String) -> String? {
        if value.isEmpty { return value }
        return URL.parse(value + "://dummy.invalid/")?.scheme
    }

    /// Implements [canonicalize a username](https://urlpattern.spec.whatwg.org/#canonicalize-a-username).
    package static func username(_ value: String) -> String? {
        guard !value.isEmpty, var url = dummy else { return value }
        url.username = value
        return url.username
    }

    /// Implements [canonicalize a password](https://urlpattern.spec.whatwg.org/#canonicalize-a-password).
    package static func password(_ value: String) -> String? {
        guard !value.isEmpty, var url = dummy else { return value }
        url.password = value
        return url.password
    }

    /// Implements [canonicalize a hostname](https://urlpattern.spec.whatwg.org/#canonicalize-a-hostname).
    package static func hostname(_ value: String) -> String? {
        if value.isEmpty { return value }
        // Host state with a state override: the host ends at a slash, "?" or "#"; a port fails, and so does nothing.
        let input = value.utf8.filter { !URLParser.isTabOrNewline($0) }
        let host = input.prefix { $0 != 0x2F && $0 != 0x5C && $0 != 0x3F && $0 != 0x23 }
        guard !host.isEmpty, URLParser.endOfHost(host.span, 0..<host.count) == host.count,
            let parsed = try? HostParser.parse(host.span, 0..<host.count, isOpaque: false)
        else { return nil }
        switch parsed {
        case .domain: return String(decoding: host.map(\.asciiLowercased), as: UTF8.self)
        case .converted(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .null, .empty, .base, .opaque: return ""
        }
    }

    /// Implements [canonicalize an IPv6 hostname](https://urlpattern.spec.whatwg.org/#canonicalize-an-ipv6-hostname).
    package static func ipv6Hostname(_ value: String) -> String? {
        guard value.utf8.allSatisfy({ $0.hexDigitValue != nil || $0 == 0x5B || $0 == 0x5D || $0 == 0x3A }) else {
            return nil
        }
        return ASCII.lowercased(value)
    }

    /// Implements [canonicalize a port](https://urlpattern.spec.whatwg.org/#canonicalize-a-port).
    ///
    /// Without a scheme there is no default port: in the pattern `443*` the fixed part is a part of a port.
    package static func port(_ value: String, scheme: String = "") -> String? {
        if value.isEmpty { return value }
        // Port state with a state override: digits in front make the port, whatever follows; none fail.
        let digits = value.utf8.filter { !URLParser.isTabOrNewline($0) }.prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty else { return nil }
        do {
            let kind = SpecialScheme(Array(scheme.utf8).span)
            return try URLParser.port(digits.span, 0..<digits.count, scheme: kind).map { String($0) } ?? ""
        } catch {
            return nil
        }
    }

    /// Implements [canonicalize a pathname](https://urlpattern.spec.whatwg.org/#canonicalize-a-pathname).
    package static func pathname(_ value: String) -> String? {
        guard !value.isEmpty, var url = dummy else { return value }
        // 2–4. The prefix keeps the parser from adding a slash and from seeing a dot segment.
        let hasLeadingSlash = value.utf8.first == 0x2F
        url.pathname = hasLeadingSlash ? value : "/-" + value
        // 8–9.
        return hasLeadingSlash ? url.pathname : String(url.pathname.dropFirst(2))
    }

    /// Implements
    /// [canonicalize an opaque pathname](https://urlpattern.spec.whatwg.org/#canonicalize-an-opaque-pathname).
    package static func opaquePathname(_ value: String) -> String? {
        if value.isEmpty { return value }
        // Opaque path state: a query or fragment ends the path, whose last space is then encoded.
        let input = value.utf8.filter { !URLParser.isTabOrNewline($0) }
        var path = input.prefix { $0 != 0x3F && $0 != 0x23 }
        let endsInSpace = path.count < input.count && path.last == 0x20
        if endsInSpace { path.removeLast() }
        var output: [UInt8] = []
        PercentEncoding.encode(path.span, .c0Control, into: &output)
        if endsInSpace { output += [0x25, 0x32, 0x30] }
        return String(decoding: output, as: UTF8.self)
    }

    /// Implements [canonicalize a search](https://urlpattern.spec.whatwg.org/#canonicalize-a-search).
    package static func search(_ value: String) -> String? {
        guard !value.isEmpty, var url = dummy else { return value }
        // The setter takes one question mark off.
        url.search = "?" + value
        return String(url.search.dropFirst())
    }

    /// Implements [canonicalize a hash](https://urlpattern.spec.whatwg.org/#canonicalize-a-hash).
    package static func hash(_ value: String) -> String? {
        guard !value.isEmpty, var url = dummy else { return value }
        // The setter takes one number sign off.
        url.hash = "#" + value
        return String(url.hash.dropFirst())
    }

    /// Implements [create a dummy URL](https://urlpattern.spec.whatwg.org/#url-pattern-create-a-dummy-url); never nil.
    private static let dummy = URL.parse("https://dummy.invalid/")
}
