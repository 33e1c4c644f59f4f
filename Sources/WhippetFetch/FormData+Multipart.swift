// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension FormData {
    /// Reads a `multipart/form-data` body that is in memory; files share its bytes.
    ///
    /// Implements [parse multipart/form-data](
    /// https://andreubotella.github.io/multipart-form-data/#multipart-form-data-parser).
    init(multipart bytes: [UInt8], contentType: MIMEType, limits: FormDataLimits) throws(MultipartError) {
        self.init()
        var parser = try MultipartParser(boundary: contentType["boundary"], limits: limits)
        try parser.append(bytes)
        var head: MultipartPartHead?
        var body: ArraySlice<UInt8> = []
        while let event = try parser.next(isAtEnd: true) {
            switch event {
            case .part(let next):
                head = next
                body = []
            // All bytes are there, so that a body comes in one piece.
            case .bytes(let bytes): body = bytes
            case .partEnd: if let head { append(head.name, Self.value(head, body)) }
            case .end: return
            }
        }
    }

    /// What a part means: a file if it has a file's name, else text.
    private static func value(_ head: MultipartPartHead, _ body: ArraySlice<UInt8>) -> Value {
        guard let filename = head.filename else {
            return Value(body.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
        }
        // A type that is not ASCII is none, which `Blob` sees to.
        let blob = Blob(pieces: body.isEmpty ? [] : [.bytes(body)], type: head.contentType ?? "text/plain")
        return Value(File(blob, name: filename))
    }
}
