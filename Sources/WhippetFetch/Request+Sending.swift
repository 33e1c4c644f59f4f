// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetStreams
package import WhippetURL

// What a client needs to send a request.
extension Request {
    /// What stands in the request line: path and query.
    package var targetOnWire: String {
        let url = url
        return url.pathname + url.search
    }

    /// The value of `Host`: host, and port where it is not the scheme's own.
    package var authorityOnWire: String { url.host }

    /// The server to connect to; nil for a URL that is not of the scheme `http`.
    package var server: (host: String, port: Int)? {
        let url = url
        guard url.protocol == "http:" else { return nil }
        let host = url.hostname
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        return (bare, Int(url.port) ?? 80)
    }

    /// The URL as the response will have it, without the fragment.
    package var responseURL: URL {
        var url = url
        url.hash = ""
        return url
    }

    /// Whether the request has a body, if only an empty one.
    package var hasBody: Bool { box != nil }

    /// How many bytes the body has, nil if that is not known; 0 for a null body.
    package var bodyLength: Int? {
        guard let box else { return 0 }
        return box.length
    }

    /// The body's source; what is there only once is claimed, bytes and files can be sent again.
    ///
    /// - Throws: `TypeError` if the body was sent or read before.
    package func sourceForSending() throws -> BodySource {
        guard let box else { return .empty }
        return try box.contentsAtHand ?? box.claim(for: "Request")
    }

    /// Has `handler` called when the signal that the request was made with aborts.
    ///
    /// - Returns: What takes the handler away again; nil if there is no such signal.
    package func whenAborted(_ handler: @escaping @Sendable (any Error) -> Void) -> (@Sendable () -> Void)? {
        guard let signal = details?.value.signal else { return nil }
        let listener = signal.onabort(handler)
        return { listener.remove() }
    }
}
