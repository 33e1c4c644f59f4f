// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Response {
    /// The response with another status and reason phrase, without its body where the status allows none.
    ///
    /// A status that is none of an answer makes it a 500 with a line in the log.
    /// - Parameter statusText: The reason phrase, of which what may not stand in one is left out; empty for the usual.
    package func replacing(status: Status, statusText: String = "") -> Response {
        var response = self
        if status.isNullBody, box != nil {
            discard(DOMException("The status \(status.rawValue) has no body", name: .abortError))
            response = Response(copying: self, box: nil)
            if status != .resetContent {
                response.headers[.contentType] = nil
                response.headers[.contentLength] = nil
            }
        }
        response.status = status
        if !(200...599 ~= status.rawValue) {
            response.fail(RangeError("Response: the status \(status.rawValue) is not in the range 200 to 599"))
        }
        let text = String(decoding: statusText.utf8.filter { $0 == 0x09 || 0x20...0x7E ~= $0 }, as: UTF8.self)
        if !text.isEmpty { response.change { $0.statusText = text } }
        return response
    }
}
