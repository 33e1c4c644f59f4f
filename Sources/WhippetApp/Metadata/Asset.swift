// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// A file of the folder `app` that is sent as it is, and is a part of the program: `favicon.ico`, `icon.png` and others.
struct Asset: Sendable {
    let name: String
    let base64: StaticString

    private var type: String {
        if name.hasPrefix("manifest.") { return "application/manifest+json" }
        if name.hasPrefix("robots.") { return "text/plain" }
        return MIMEType.contentType(ofFile: name)
    }

    /// The route of the file.
    func declaration(place: String) -> RouteDeclaration {
        let text = base64.withUTF8Buffer { Array($0) }
        let bytes = Base64.decode(text.span)
        let content = bytes ?? []
        let tag = EntityTag(opaque: SHA1.hash(content.span).prefix(10).map { String($0, radix: 36) }.joined())
        // No name of a file tells its version, so that each use asks whether there is a new one.
        let response = Response(
            content,
            headers: [
                .contentType: type, .etag: tag.description, .cacheControl: "public, max-age=0, must-revalidate",
            ])
        let handler = MethodHandler(method: .GET) { request, _ in response.conditional(for: request) }
        return RouteDeclaration(
            path: "/" + name, handlers: [handler], place: .text(place),
            problem: bytes == nil ? "\(place): its bytes are damaged" : nil)
    }
}
