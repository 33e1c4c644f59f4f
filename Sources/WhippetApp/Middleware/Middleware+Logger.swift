// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
public import WhippetServer
internal import WhippetURL

extension Middleware {
    /// Writes a line for each request: method, path, status and time, such as `GET /items/7 200 1.3 ms`.
    ///
    /// The time is that until the response's head; what a stream takes comes on top.
    /// - Parameter write: Takes the line; by default it goes to standard output.
    public static func logger(_ write: @escaping @Sendable (String) -> Void = StandardOutput.write) -> Middleware {
        Middleware { request, _, next in
            let start = next.host.now()
            let response = await next(request)
            let time = next.host.now() - start
            write("\(request.method) \(request.url.pathname) \(response.status.rawValue) \(time.inMilliseconds) ms")
            return response
        }
    }
}

extension Duration {
    /// The duration in milliseconds with one digit behind the point.
    fileprivate var inMilliseconds: String {
        let tenths = components.seconds &* 10_000 &+ components.attoseconds / 100_000_000_000_000
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
