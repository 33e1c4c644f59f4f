// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetJSON

extension HTTPError {
    /// The response of the error in the form that the client asks for: problem details where `Accept` names them or
    /// JSON, else plain text.
    ///
    /// Source: [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).
    func response(to request: Request) -> Response {
        guard !status.isNullBody, request.headers.acceptsProblemDetails else { return response() }
        var problem: JSON = [
            "type": "about:blank", "title": JSON(status.reasonPhrase), "status": JSON(Int(status.rawValue)),
        ]
        if !message.isEmpty, message != status.reasonPhrase { problem["detail"] = JSON(message) }
        var response = Response.json(problem, status: status, headers: headers)
        response.headers[.contentType] = "application/problem+json"
        return response
    }
}

extension Headers {
    /// Whether `Accept` names problem details or JSON themselves, not by a wildcard.
    fileprivate var acceptsProblemDetails: Bool {
        guard let accept = self[.accept] else { return false }
        return QualityList(accept).elements.contains {
            $0.quality > 0 && ($0.name == "application/problem+json" || $0.name == "application/json")
        }
    }
}
