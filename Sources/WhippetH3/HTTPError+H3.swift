// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetJSON

// What h3 tells of an error besides status, message and headers.
extension HTTPError {
    /// Makes an error as h3 does.
    ///
    /// ```swift
    /// let app = H3()
    /// app.get("/orders") { event -> String in
    ///     throw HTTPError(status: 422, statusText: "Unprocessable", data: ["field": "count"])
    /// }
    /// ```
    /// - Parameters:
    ///   - status: The status; one that is none of an answer is 500.
    ///   - statusText: The reason phrase; empty for the usual one.
    ///   - message: What the client is told; nil for the reason phrase that is given, or `HTTPError` with the status.
    ///   - headers: Headers of the answer.
    ///   - data: What the client is told under the name `data`.
    ///   - body: What the client is told beside the message.
    ///   - unhandled: Whether the client is told nothing but the status.
    public init(
        status: Status, statusText: String = "", message: String? = nil, headers: Headers = [:], data: JSON? = nil,
        body: JSON.Object = [:], unhandled: Bool = false
    ) {
        let status: Status = 200...599 ~= status.rawValue ? status : .internalServerError
        let named = "HTTPError \(status.rawValue)" + (statusText.isEmpty ? "" : " \(statusText)")
        self.init(status, message ?? (statusText.isEmpty ? named : statusText), headers: headers)
        details = HTTPErrorDetails(statusText: statusText, data: data, body: body, isUnhandled: unhandled)
    }

    /// The reason phrase that was given; empty for the usual one.
    public var statusText: String { details?.statusText ?? "" }
    /// What the client is told under the name `data`.
    public var data: JSON? { details?.data }
    /// What the client is told beside the message.
    public var body: JSON.Object { details?.body ?? [:] }
    /// Whether the error was none for clients, who are told nothing but its status.
    public var unhandled: Bool { details?.isUnhandled ?? false }

    /// The error itself, or one that stands for another of which clients learn nothing.
    init(answeringFor error: any Error) {
        if let error = error as? HTTPError {
            self = error
        } else {
            self.init(status: .internalServerError, unhandled: true)
        }
    }

    /// The response that h3 makes of the error.
    func h3Response(pretty: Bool) -> Response {
        var text: JSON.Object = ["status": JSON(Int(status.rawValue))]
        if !statusText.isEmpty { text["statusText"] = JSON(statusText) }
        if unhandled {
            text["unhandled"] = true
            text["message"] = "HTTPError"
        } else {
            text["message"] = JSON(message)
            if let data { text["data"] = data }
            for (key, value) in body { text[key] = value }
        }
        var headers: Headers = [.contentType: EventRunner.jsonType]
        for (name, value) in self.headers {
            if name == "set-cookie" { headers.append(.setCookie, value) } else { headers[name] = value }
        }
        return Response.json(
            JSON(text), headers: headers, options: JSON.EncodingOptions(pretty: pretty)
        ).replacing(status: status, statusText: statusText)
    }
}
