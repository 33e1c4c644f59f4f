// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

extension Request {
    /// The address of the client, such as `203.0.113.7`; nil for a request that came over no socket.
    ///
    /// It is the address of the connection's other end: what headers say is looked at only if that is a proxy that the
    /// server's configuration trusts.
    public var ip: String? { client?.remoteAddress }
}
