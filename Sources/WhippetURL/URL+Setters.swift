// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) public import WhippetInfra

/// The setters: what the standard does with a state override, written out for each of them.
///
/// Where the standard's parser fails or returns early, the URL stays as it is.
extension URL {
    /// Replaces the whole URL.
    ///
    /// Implements [the setter of href](https://url.spec.whatwg.org/#dom-url-href).
    ///
    /// - Throws: `TypeError` if the value is no URL; the URL then stays as it is.
    public mutating func setHref(_ value: String) throws(TypeError) {
        self = try URL(value)
    }

    /// [Scheme state](https://url.spec.whatwg.org/#scheme-state) with a state override.
    mutating func setProtocol(_ value: String) {
        var record = URLRecord(self)
        let input = URL.withoutTabsAndNewlines(value)
        // Scheme start 1. Scheme 1. The value is followed by a colon, so its end ends the scheme as well.
        let scheme = input.prefix { $0 != 0x3A }
        guard let first = scheme.first, first.isASCIIAlpha else { return }
        guard scheme.allSatisfy({ URLParser.isSchemeByte($0) }) else { return }
        let kind = SpecialScheme(scheme.span)
        // 2.1.1–2.1.2.
        guard kind.isSpecial == record.kind.isSpecial else { return }
        // 2.1.3.
        guard kind != .file || !(record.includesCredentials || record.port != nil) else { return }
        // 2.1.4.
        guard record.kind != .file || record.host?.isEmpty == false else { return }
        // 2.2–2.3.
        record.kind = kind
        record.scheme = scheme
        if record.port == kind.defaultPort { record.port = nil }
        replace(with: record)
    }

    /// Implements [set the username](https://url.spec.whatwg.org/#set-the-username).
    mutating func setUsername(_ value: String) {
        guard !offsets.cannotHaveCredentialsOrPort else { return }
        var record = URLRecord(self)
        record.username = ArraySlice(value.utf8)
        replace(with: record)
    }

    /// Implements [set the password](https://url.spec.whatwg.org/#set-the-password).
    mutating func setPassword(_ value: String) {
        guard !offsets.cannotHaveCredentialsOrPort else { return }
        var record = URLRecord(self)
        record.password = ArraySlice(value.utf8)
        replace(with: record)
    }

    mutating func setHost(_ value: String) {
        setHost(value, hostnameOnly: false)
    }

    mutating func setHostname(_ value: String) {
        setHost(value, hostnameOnly: true)
    }

    /// [Host state or hostname state](https://url.spec.whatwg.org/#host-state) with a state override.
    private mutating func setHost(_ value: String, hostnameOnly: Bool) {
        guard !offsets.hasOpaquePath else { return }
        var record = URLRecord(self)
        let input = URL.withoutTabsAndNewlines(value)
        // 3. The host ends at a slash, "?", "#" or the end.
        let authority = input.prefix { byte in
            byte != 0x2F && byte != 0x3F && byte != 0x23 && !(byte == 0x5C && record.kind.isSpecial)
        }
        // 1. A file's host has no port.
        if record.kind == .file {
            guard let host = URL.parseHost(authority, isOpaque: false) else { return }
            record.host = host.elementsEqual("localhost".utf8) ? [] : host
            return replace(with: record)
        }
        let colon = URLParser.endOfHost(authority.span, 0..<authority.count)
        let name = authority.prefix(colon)
        if colon < authority.count {
            // 2.1–2.2.
            guard !name.isEmpty, !hostnameOnly else { return }
        } else if name.isEmpty {
            // 3.1–3.2.
            guard !record.kind.isSpecial, !record.includesCredentials, record.port == nil else { return }
        }
        // 2.3–2.5, 3.3–3.5.
        guard let host = URL.parseHost(name, isOpaque: !record.kind.isSpecial) else { return }
        record.host = host
        if colon < authority.count, let port = URL.parsePort(authority.dropFirst(colon + 1), record.kind) {
            record.port = port.number
        }
        replace(with: record)
    }

    /// [Port state](https://url.spec.whatwg.org/#port-state) with a state override.
    mutating func setPort(_ value: String) {
        guard !offsets.cannotHaveCredentialsOrPort else { return }
        var record = URLRecord(self)
        if value.isEmpty {
            record.port = nil
        } else {
            guard let port = URL.parsePort(URL.withoutTabsAndNewlines(value)[...], record.kind) else { return }
            record.port = port.number
        }
        replace(with: record)
    }

    /// [Path start state](https://url.spec.whatwg.org/#path-start-state) with a state override.
    mutating func setPathname(_ value: String) {
        guard !offsets.hasOpaquePath else { return }
        var record = URLRecord(self)
        let input = URL.withoutTabsAndNewlines(value)[...]
        let isSlash = input.first == 0x2F || (input.first == 0x5C && record.kind.isSpecial)
        if !record.kind.isSpecial, input.isEmpty, record.host != nil {
            // 5. Not reached with a host: the path stays empty.
            record.path = .serialized([])
        } else {
            // 1, 4, 5.
            record.path = .segments(isSlash ? input.dropFirst() : input)
        }
        replace(with: record)
    }

    /// Implements [the setter of search](https://url.spec.whatwg.org/#dom-url-search).
    mutating func setSearch(_ value: String) {
        var record = URLRecord(self)
        record.query = URL.withoutMark(0x3F, value)
        replace(with: record)
    }

    /// Implements [update](https://url.spec.whatwg.org/#concept-urlsearchparams-update) of the query object.
    mutating func update(_ params: URLSearchParams) {
        var record = URLRecord(self)
        let query = params.serializedBytes
        record.query = query.isEmpty ? nil : query[...]
        replace(with: record)
    }

    /// Implements [the setter of hash](https://url.spec.whatwg.org/#dom-url-hash).
    mutating func setHash(_ value: String) {
        var record = URLRecord(self)
        record.fragment = URL.withoutMark(0x23, value)
        replace(with: record)
    }

    // MARK: - Parts of the setters

    private mutating func replace(with record: URLRecord) {
        if let url = record.url { self = url }
    }

    /// The value's bytes; steps 2 and 3 of the basic URL parser.
    private static func withoutTabsAndNewlines(_ value: String) -> [UInt8] {
        value.utf8.filter { !URLParser.isTabOrNewline($0) }
    }

    /// The value without a single leading mark, nil if the value is empty.
    private static func withoutMark(_ mark: UInt8, _ value: String) -> ArraySlice<UInt8>? {
        guard let first = value.utf8.first else { return nil }
        let rest = first == mark ? value.dropFirst() : value[...]
        return withoutTabsAndNewlines(String(rest))[...]
    }

    /// The host as serialised, nil on failure.
    private static func parseHost(_ input: ArraySlice<UInt8>, isOpaque: Bool) -> ArraySlice<UInt8>? {
        guard let host = try? HostParser.parse(input.span, 0..<input.count, isOpaque: isOpaque) else { return nil }
        switch host {
        case .null, .base, .empty: return []
        case .domain: return input.map(\.asciiLowercased)[...]
        case .opaque:
            var output: [UInt8] = []
            PercentEncoding.encode(input.span, .c0Control, into: &output)
            return output[...]
        case .converted(let bytes): return bytes[...]
        }
    }

    /// The port that the digits in front make, nil if there are none or too many.
    private static func parsePort(_ input: ArraySlice<UInt8>, _ scheme: SpecialScheme) -> (number: UInt16?, Void)? {
        let digits = input.prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty else { return nil }
        do {
            return (try URLParser.port(digits.span, 0..<digits.count, scheme: scheme), ())
        } catch {
            return nil
        }
    }
}
