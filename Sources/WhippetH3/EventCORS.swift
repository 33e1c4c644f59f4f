// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp
public import WhippetFetch
internal import WhippetInfra

/// Prepares what a browser must see before a page of another origin may read the answer, and answers preflights.
///
/// ```swift
/// let app = H3()
/// app.use { event in handleCors(event, CORS(origins: ["https://example.com"], credentials: true)) }
/// app.get("/") { event in "for that page, too" }
/// ```
/// It is h3's way, in one handler or middleware; `app.routes.cors(…)` is the host's, which knows the methods of each route.
/// Errors have the fields as well.
/// - Parameters:
///   - event: The event that is answered.
///   - cors: The rules; without methods, headers or exposed headers every one is allowed, as in h3. For every origin no
///     credentials are allowed.
///   - status: The status of the answer to a preflight.
/// - Returns: The answer to a preflight; nil for another request, which goes on.
/// Source: [Fetch §3.2](https://fetch.spec.whatwg.org/#http-cors-protocol).
public func handleCors(_ event: H3Event, _ cors: CORS = CORS(), status: Status = .noContent) -> HTTPResponse? {
    let request = event.req
    guard request.method == .OPTIONS, request.headers[.origin] != nil,
        let asked = request.headers[.accessControlRequestMethod]
    else {
        let exposed = cors.exposedHeaders.isEmpty ? "*" : cors.exposedHeaders.joined(separator: ",")
        prepareOrigin(event, cors) { $0[.accessControlExposeHeaders] = exposed }
        return nil
    }
    prepareOrigin(event, cors) { headers in
        if let methods = cors.methods {
            headers[.accessControlAllowMethods] = methods.map(\.rawValue).joined(separator: ",")
        } else if cors.credentials {
            // With credentials a star means a method of that name.
            headers[.accessControlAllowMethods] = asked
            headers.addVary(["access-control-request-method"])
        } else {
            headers[.accessControlAllowMethods] = "*"
        }
        if let names = cors.headers?.joined(separator: ",") ?? request.headers[.accessControlRequestHeaders] {
            headers[.accessControlAllowHeaders] = names
        }
        headers.addVary(["access-control-request-headers"])
        if let maxAge = cors.maxAge { headers[.accessControlMaxAge] = "\(max(0, maxAge.components.seconds))" }
    }
    return noContent(event, status: status)
}

/// Prepares what the origin decides, and more, for answers and for errors.
private func prepareOrigin(_ event: H3Event, _ cors: CORS, _ more: (inout Headers) -> Void) {
    func prepare(_ headers: inout Headers) {
        if case .any = cors.origins {
            headers[.accessControlAllowOrigin] = "*"
        } else {
            headers.addVary(["origin"])
            if let origin = event.req.headers[.origin], cors.allows(origin) {
                headers[.accessControlAllowOrigin] = origin
                if cors.credentials { headers[.accessControlAllowCredentials] = "true" }
            }
        }
        more(&headers)
    }
    let response = event.res
    prepare(&response.headers)
    prepare(&response.errHeaders)
}
