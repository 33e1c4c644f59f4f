// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension URL {
    /// Makes the URL of a request that a server received: the scheme, the authority and the target put together, parsed.
    ///
    /// - Parameters:
    ///   - isSecure: Whether the scheme is `https` rather than `http`.
    ///   - authority: A host with or without a port, such as `Example.com:8080`.
    ///   - target: A target in origin-form, [RFC 9112 §3.2.1](https://www.rfc-editor.org/rfc/rfc9112#section-3.2.1).
    /// - Returns: nil if the whole is no URL, or if a part of it would spill into another.
    package init?(isSecure: Bool, authority: UnsafeBufferPointer<UInt8>, target: UnsafeBufferPointer<UInt8>) {
        let scheme = isSecure ? SpecialScheme.https : .http
        guard target.first == 0x2F, authority.count + target.count < URLParser.maximumInputLength else { return nil }
        // Fast path: nothing to encode or to resolve ("the fast path of a request target agrees with the parser").
        if let host = PlainURL.Authority(authority.span, scheme), let path = PlainURL.Target(target.span) {
            let plain = PlainURL(scheme: scheme, authority: host, target: path)
            self = plain.url(authority: authority.span, target: target.span)
            return
        }
        for byte in authority where byte == 0x40 || byte == 0x2F || byte == 0x5C || byte == 0x3F || byte == 0x23 {
            return nil
        }
        var input = Array((isSecure ? "https://" : "http://").utf8)
        input.append(contentsOf: authority)
        input.append(contentsOf: target)
        guard let url = try? URLParser.parse(input.span, base: nil) else { return nil }
        self = url
    }
}
