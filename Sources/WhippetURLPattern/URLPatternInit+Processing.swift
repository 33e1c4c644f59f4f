// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetURL

extension URLPatternInit {
    /// What the components are for: the standard's type.
    enum Purpose {
        case pattern
        case url
    }

    /// Implements [process a URLPatternInit](https://urlpattern.spec.whatwg.org/#process-a-urlpatterninit), of which
    /// the caller gives the result of steps 1 to 9.
    func processed(for purpose: Purpose, defaults: URLPatternInit) throws(TypeError) -> URLPatternInit {
        var result = defaults
        // 10–11.
        let base = try baseURL.map { (text) throws(TypeError) in try URL(text) }
        if let base { inherit(from: base, purpose, into: &result) }
        // 12–15.
        if let value = self.protocol {
            let stripped = value.utf8.last == 0x3A ? String(value.unicodeScalars.dropLast()) : value
            result.protocol = try process(stripped, .protocol, purpose)
        }
        if let username { result.username = try process(username, .username, purpose) }
        if let password { result.password = try process(password, .password, purpose) }
        if let hostname { result.hostname = try process(hostname, .hostname, purpose) }
        // 16–17.
        let scheme = result.protocol ?? ""
        if let port {
            result.port = port
            if purpose == .url {
                guard let canonical = URLCanonicalization.port(port, scheme: scheme) else {
                    throw URLPattern.error(port, "it is no port")
                }
                result.port = canonical
            }
        }
        // 18.
        if let pathname {
            let path = resolved(pathname, against: base, purpose)
            let isOpaque = !scheme.isEmpty && !URLCanonicalization.isSpecialScheme(scheme)
            result.pathname = try process(path, isOpaque ? .opaquePathname : .pathname, purpose)
        }
        // 19–20.
        if let search {
            result.search = try process(
                search.utf8.first == 0x3F ? String(search.unicodeScalars.dropFirst()) : search, .search, purpose)
        }
        if let hash {
            result.hash = try process(
                hash.utf8.first == 0x23 ? String(hash.unicodeScalars.dropFirst()) : hash, .hash, purpose)
        }
        // 21.
        return result
    }

    // MARK: - Algorithm

    /// Steps 11.3 to 11.9: a component that is given hides those of the base URL that are more specific.
    private func inherit(from base: URL, _ purpose: Purpose, into result: inout URLPatternInit) {
        func process(_ value: String) -> String {
            purpose == .pattern ? PatternString.escape(value) : value
        }
        guard self.protocol == nil else { return }
        result.protocol = process(base.scheme)
        if purpose == .url, hostname == nil, port == nil, username == nil {
            result.username = base.username
            if password == nil { result.password = base.password }
        }
        guard hostname == nil else { return }
        result.hostname = process(base.hostname)
        guard port == nil else { return }
        result.port = base.port
        guard pathname == nil else { return }
        result.pathname = process(base.pathname)
        guard search == nil else { return }
        result.search = process(String(base.search.dropFirst()))
        guard hash == nil else { return }
        result.hash = process(String(base.hash.dropFirst()))
    }

    /// Steps 18.2 and 18.3: a relative path comes after the last slash of the base URL's.
    private func resolved(_ pathname: String, against base: URL?, _ purpose: Purpose) -> String {
        guard let base, !base.hasOpaquePath, !isAbsolutePathname(pathname, purpose) else { return pathname }
        let basePath = purpose == .pattern ? PatternString.escape(base.pathname) : base.pathname
        guard let slash = basePath.utf8.lastIndex(of: 0x2F) else { return pathname }
        return String(basePath[...slash]) + pathname
    }

    /// Implements [is an absolute pathname](https://urlpattern.spec.whatwg.org/#is-an-absolute-pathname).
    private func isAbsolutePathname(_ input: String, _ purpose: Purpose) -> Bool {
        let bytes = Array(input.utf8.prefix(2))
        if bytes.first == 0x2F { return true }
        guard purpose == .pattern, bytes.count == 2 else { return false }
        return (bytes[0] == 0x5C || bytes[0] == 0x7B) && bytes[1] == 0x2F
    }

    private func process(_ value: String, _ kind: ComponentKind, _ purpose: Purpose) throws(TypeError) -> String {
        guard purpose == .url else { return value }
        guard let canonical = kind.canonicalize(value) else {
            throw URLPattern.error(value, "it can't stand in this component")
        }
        return canonical
    }
}
