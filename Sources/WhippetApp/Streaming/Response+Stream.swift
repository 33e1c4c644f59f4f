// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetServer

extension Response {
    /// Makes a response whose body a function writes while it is sent.
    ///
    /// ```swift
    /// app.get("/countdown") {
    ///     Response.stream(headers: [.contentType: "text/plain;charset=UTF-8"]) { writer in
    ///         for number in [3, 2, 1] {
    ///             try await writer.write("\(number)\n")
    ///             try await Task.sleep(for: .seconds(1))
    ///         }
    ///     }
    /// }
    /// ```
    /// The head leaves with the first bytes. An error before them is answered for as if the handler had thrown it; one
    /// after them cuts the connection, so that the client can tell. When the client leaves, the function's task is
    /// cancelled and writing throws. The function does not run for `HEAD`, and once in all: a response like this can't
    /// be stored and returned again.
    /// - Parameters:
    ///   - status: The status.
    ///   - headers: The headers; without a `Content-Length` the body is sent in chunks.
    ///   - write: Writes the body, which ends when it returns; it runs in the task of the handler, after it.
    /// - Returns: The response.
    public static func stream(
        status: Status = .ok, headers: Headers = Headers(),
        _ write: @escaping @Sendable (StreamWriter) async throws -> Void
    ) -> Response {
        Response(
            Body(writing: { sink in try await write(StreamWriter(sink: sink)) }), status: status, headers: headers)
    }
}
