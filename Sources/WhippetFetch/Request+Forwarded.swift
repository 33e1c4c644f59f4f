// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What trusted proxies say of the client.
extension Request {
    /// The address of the client, such as `203.0.113.7`; nil for a request that came over no socket.
    ///
    /// It is the address of the connection's other end, or what `X-Forwarded-For` says where that end is a trusted proxy:
    /// the last address in it that is none of theirs.
    public var ip: String? {
        access?.note("request.ip")
        guard let client else { return nil }
        guard let proxies = client.trustedProxies, let list = headers["x-forwarded-for"] else {
            return client.remoteAddress
        }
        var address = client.remoteAddress
        for entry in list.split(separator: ",").reversed() {
            address = Self.withoutPort(entry.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
            if !proxies.contains(address) { break }
        }
        return address
    }

    /// Whether the client came over TLS, as far as is known.
    var isForwardedAsSecure: Bool? {
        guard client?.trustedProxies != nil, let scheme = lastEntry("x-forwarded-proto") else { return nil }
        if ASCII.equalsIgnoringCase(scheme, "https") { return true }
        return ASCII.equalsIgnoringCase(scheme, "http") ? false : nil
    }

    /// The authority that the client asked, where a trusted proxy tells it.
    var forwardedAuthority: String? {
        guard client?.trustedProxies != nil else { return nil }
        return lastEntry("x-forwarded-host")
    }

    /// What the nearest proxy has said.
    private func lastEntry(_ name: Headers.Name) -> String? {
        guard let last = headers[name]?.split(separator: ",").last else { return nil }
        let text = last.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
        return text.isEmpty ? nil : String(text)
    }

    /// `192.0.2.7:4711` and `[2001:db8::1]:4711` without the port.
    private static func withoutPort(_ entry: Substring) -> String {
        if entry.first == "[" { return String(entry.dropFirst().prefix { $0 != "]" }) }
        let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[0]) : String(entry)
    }
}
