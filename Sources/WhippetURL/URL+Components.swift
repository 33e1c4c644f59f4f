// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension URL {
    /// The whole URL: its [serialisation](https://url.spec.whatwg.org/#dom-url-href).
    ///
    /// Swift's properties can't throw when set: see `setHref(_:)`.
    public var href: String { serialization }

    /// The whole URL, as [toJSON](https://url.spec.whatwg.org/#dom-url-tojson) returns it.
    public func toJSON() -> String { serialization }

    /// The [origin](https://url.spec.whatwg.org/#dom-url-origin), such as `https://example.com:8080`, else `null`.
    public var origin: String {
        switch offsets.scheme {
        case .http, .https, .ws, .wss, .ftp:
            // A tuple origin: the scheme, the host, the port; credentials stay out.
            guard offsets.hostStart != offsets.schemeEnd + 2 else { return text(0..<offsets.pathStart) }
            return text(0..<offsets.schemeEnd) + "//" + text(offsets.hostStart..<offsets.pathStart)
        case .other where text(0..<offsets.schemeEnd) == "blob:":
            guard let inner = URL.parse(pathname) else { return "null" }
            return inner.offsets.scheme == .http || inner.offsets.scheme == .https ? inner.origin : "null"
        case .file, .other:
            return "null"
        }
    }

    /// The scheme with its colon, such as `https:`.
    ///
    /// A value that the standard refuses leaves the URL as it is.
    public var `protocol`: String {
        get { text(0..<offsets.schemeEnd) }
        set { setProtocol(newValue) }
    }

    /// The user name, percent-encoded; empty if there is none.
    public var username: String {
        get { text(offsets.username) }
        set { setUsername(newValue) }
    }

    /// The password, percent-encoded; empty if there is none.
    public var password: String {
        get { text(offsets.password) }
        set { setPassword(newValue) }
    }

    /// The host with its port if that is not the scheme's own, such as `example.com:8080`.
    public var host: String {
        get { text(offsets.hostStart..<(offsets.hasHost ? offsets.pathStart : offsets.hostStart)) }
        set { setHost(newValue) }
    }

    /// The host without the port.
    public var hostname: String {
        get { text(offsets.host) }
        set { setHostname(newValue) }
    }

    /// The port, such as `8080`; empty if it is the scheme's own.
    public var port: String {
        get { text(offsets.port) }
        set { setPort(newValue) }
    }

    /// The path, percent-encoded, such as `/items/1`.
    public var pathname: String {
        get { text(offsets.path) }
        set { setPathname(newValue) }
    }

    /// The query with its question mark, such as `?q=1`; empty if the query is empty or there is none.
    public var search: String {
        get { offsets.queryStart + 1 < offsets.fragmentStart ? text(offsets.queryStart..<offsets.fragmentStart) : "" }
        set { setSearch(newValue) }
    }

    /// The query's names and values; a change to them changes the URL.
    ///
    /// Unlike in a browser a copy of it is independent of the URL.
    public var searchParams: URLSearchParams {
        // Inlined, a look-up makes no copy of the URL's text.
        @inlinable get { URLSearchParams(serialized: serialization, range: offsets.query) }
        set { update(newValue) }
    }

    /// The fragment with its number sign, such as `#top`; empty if the fragment is empty or there is none.
    public var hash: String {
        get { offsets.fragmentStart + 1 < offsets.end ? text(offsets.fragmentStart..<offsets.end) : "" }
        set { setHash(newValue) }
    }

    /// The characters of a part of the serialisation.
    func text(_ range: Range<UInt32>) -> String {
        guard !range.isEmpty else { return "" }
        // SAFETY: the pointer does not outlive the closure; the slice checks the range, the offsets lie within the text.
        return serialization.withUTF8Bytes { bytes in
            String(decoding: UnsafeBufferPointer(rebasing: bytes[Range(range)]), as: UTF8.self)
        }
    }
}
