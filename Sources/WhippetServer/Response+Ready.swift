// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra

extension Response {
    /// The response with its head as bytes, for one that is sent often; as it is where something of it is the
    /// connection's to decide.
    package func withReadyHead() -> Response {
        guard problem == nil, let length = bufferedLength else { return self }
        let framing = ResponseFraming.decide(
            requestMethod: .GET, minorVersion: 1, status: status.rawValue, bodyLength: length)
        guard let contentLength = framing.contentLength else { return self }
        var output = ByteBuffer()
        var isOrdinary = true
        ResponseWriter.statusLine(status.rawValue, reason: statusTextOnWire, into: &output)
        headers.forEachField { name, value in
            switch FramingField(name) {
            case .contentLength: return
            case .other where ResponseWriter.isValidFieldValue(value):
                ResponseWriter.field(name: name, value: value, into: &output)
            default: isOrdinary = false
            }
        }
        guard isOrdinary else { return self }
        ResponseWriter.contentLength(contentLength, into: &output)
        return ready(head: Array(output.readableBytes))
    }
}
