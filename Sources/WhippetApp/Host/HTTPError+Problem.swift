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
        return accept.split(separator: ",").contains { range in
            let parts = range.split(separator: ";").map { $0.drop { $0 == " " || $0 == "\t" } }
            guard let type = parts.first?.lowercased() else { return false }
            let name = type.split(separator: " ").first ?? ""
            guard name == "application/problem+json" || name == "application/json" else { return false }
            // A quality of zero says that it is not wanted.
            return !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" || $0 == "q=0.00" || $0 == "q=0.000" }
        }
    }
}
