// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetURL

/// The components of a URL, each with its [encoding callback](https://urlpattern.spec.whatwg.org/#encoding-callback).
enum ComponentKind {
    case `protocol`
    case username
    case password
    case hostname
    case ipv6Hostname
    case port
    case pathname
    case opaquePathname
    case search
    case hash

    /// The value as a URL has it, nil for failure.
    func canonicalize(_ value: String) -> String? {
        switch self {
        case .protocol: URLCanonicalization.protocol(value)
        case .username: URLCanonicalization.username(value)
        case .password: URLCanonicalization.password(value)
        case .hostname: URLCanonicalization.hostname(value)
        case .ipv6Hostname: URLCanonicalization.ipv6Hostname(value)
        case .port: URLCanonicalization.port(value)
        case .pathname: URLCanonicalization.pathname(value)
        case .opaquePathname: URLCanonicalization.opaquePathname(value)
        case .search: URLCanonicalization.search(value)
        case .hash: URLCanonicalization.hash(value)
        }
    }
}
