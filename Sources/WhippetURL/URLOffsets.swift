// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where the components of a URL lie in its serialisation.
///
///     https://user:password@example.com:8080/items?q=1#top
///           |     |        |          | |   |     |   |   |
///           |     |        hostStart  | |   |     |   |   end
///           |     usernameEnd   hostEnd |   |     |   fragmentStart
///           schemeEnd                   |   |     queryStart
///                                       port pathStart
@usableFromInline struct URLOffsets: Sendable {
    /// After the scheme's colon.
    var schemeEnd: UInt32 = 0
    /// At the colon before a password, or at the `@`; without credentials at the host.
    var usernameEnd: UInt32 = 0
    /// At the host, after the `@` if there is one.
    var hostStart: UInt32 = 0
    /// After the host, at the port's colon if there is one.
    var hostEnd: UInt32 = 0
    /// At the path; after a `/.` that keeps a path apart from an authority.
    var pathStart: UInt32 = 0
    /// At the question mark; without a query where the fragment would start.
    @usableFromInline var queryStart: UInt32 = 0
    /// At the number sign; without a fragment at the end.
    @usableFromInline var fragmentStart: UInt32 = 0
    /// After the last byte.
    var end: UInt32 = 0
    /// Which of the standard's schemes it is.
    var scheme = SpecialScheme.other
    /// Whether the host is not null.
    var hasHost = false
    /// Whether the path is a string, not a list of segments.
    var hasOpaquePath = false

    var username: Range<UInt32> { hasHost ? schemeEnd + 2..<usernameEnd : schemeEnd..<schemeEnd }
    var password: Range<UInt32> {
        usernameEnd + 1 < hostStart ? usernameEnd + 1..<hostStart - 1 : hostStart..<hostStart
    }
    var host: Range<UInt32> { hostStart..<hostEnd }
    var hasPort: Bool { hasHost && hostEnd < pathStart }
    var port: Range<UInt32> { hasPort ? hostEnd + 1..<pathStart : hostEnd..<hostEnd }
    var path: Range<UInt32> { pathStart..<queryStart }
    @inlinable var hasQuery: Bool { queryStart < fragmentStart }
    @inlinable var query: Range<UInt32> { hasQuery ? queryStart + 1..<fragmentStart : queryStart..<queryStart }
    var hasFragment: Bool { fragmentStart < end }
    var fragment: Range<UInt32> { hasFragment ? fragmentStart + 1..<end : end..<end }

    /// Where the part that a relative reference keeps ends: after the authority, else after the scheme.
    var authorityEnd: UInt32 { hasHost ? pathStart : schemeEnd }

    /// [Cannot have a username/password/port](https://url.spec.whatwg.org/#cannot-have-a-username-password-port).
    var cannotHaveCredentialsOrPort: Bool { hostStart == hostEnd || scheme == .file }

    var includesCredentials: Bool { usernameEnd < hostStart }
}

extension Range<Int> {
    /// The offsets of a component, as indices.
    init(_ offsets: Range<UInt32>) {
        self = Int(offsets.lowerBound)..<Int(offsets.upperBound)
    }
}
