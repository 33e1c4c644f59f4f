// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [URL record](https://url.spec.whatwg.org/#concept-url) whose components can be exchanged, for the setters.
struct URLRecord {
    /// A path to write.
    enum Path {
        /// As it is.
        case serialized(ArraySlice<UInt8>)
        /// Segments to resolve and encode, the first of them without its slash.
        case segments(ArraySlice<UInt8>)
    }

    var kind: SpecialScheme
    var scheme: ArraySlice<UInt8>
    var username: ArraySlice<UInt8>
    var password: ArraySlice<UInt8>
    /// The host as serialised, nil for null.
    var host: ArraySlice<UInt8>?
    var port: UInt16?
    var path: Path
    var query: ArraySlice<UInt8>?
    var fragment: ArraySlice<UInt8>?
    let hasOpaquePath: Bool

    init(_ url: URL) {
        let bytes = ArraySlice(url.serialization.utf8)
        let offsets = url.offsets
        kind = offsets.scheme
        scheme = bytes[..<Int(offsets.schemeEnd - 1)]
        username = bytes[Range(offsets.username)]
        password = bytes[Range(offsets.password)]
        host = offsets.hasHost ? bytes[Range(offsets.host)] : nil
        port = offsets.hasPort ? UInt16(url.port) : nil
        path = .serialized(bytes[Range(offsets.path)])
        query = offsets.hasQuery ? bytes[Range(offsets.query)] : nil
        fragment = offsets.hasFragment ? bytes[Range(offsets.fragment)] : nil
        hasOpaquePath = offsets.hasOpaquePath
    }

    var includesCredentials: Bool { !username.isEmpty || !password.isEmpty }

    /// The record serialised, nil if it is too long.
    var url: URL? {
        // Each byte may become three; the rest is room for what stands between the components.
        var count = scheme.count + username.count + password.count + (host?.count ?? 0)
        switch path {
        case .serialized(let bytes), .segments(let bytes): count += bytes.count
        }
        count += (query?.count ?? 0) + (fragment?.count ?? 0)
        guard count <= URLParser.maximumInputLength * 3 else { return nil }
        return URLWriter.url(capacity: 3 * count + 24) { writer in
            writer.writeScheme(scheme.span, kind)
            if let host {
                writer.writeCredentials(username: username.span, password: password.span)
                writer.append(host.span)
                writer.writePort(port)
            }
            switch path {
            case .serialized(let bytes): writer.append(bytes.span)
            case .segments(let bytes): writer.writeSegments(bytes.span)
            }
            writer.offsets.hasOpaquePath = hasOpaquePath
            writer.separatePath()
            if let query { writer.writeQuery(query.span) } else { writer.writeQuery(nil) }
            if let fragment { writer.writeFragment(fragment.span) } else { writer.writeFragment(nil) }
        }
    }
}
