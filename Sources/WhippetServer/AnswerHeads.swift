// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra

/// What answers begin with, as bytes: all of it holds the time, so it is made once a second.
struct AnswerHeads: ~Copyable {
    private var second: Int64 = .min
    private var date = ByteBuffer()
    private var untyped = ByteBuffer()
    private var plainText = ByteBuffer()
    private var json = ByteBuffer()
    private var urlencoded = ByteBuffer()

    /// The `Date` field line, valid until the next `update`: an array would be counted for each answer.
    var dateLine: UnsafeBufferPointer<UInt8> { date.readableBytes }

    /// The head of an answer of status 200 that has no field but the Content-Type of its body, up to the value of
    /// Content-Length; valid until the next `update`.
    @inline(__always)
    func ok(_ type: Headers.ImplicitContentType) -> UnsafeBufferPointer<UInt8> {
        switch type {
        case .none: untyped.readableBytes
        case .plainText: plainText.readableBytes
        case .json: json.readableBytes
        case .urlencoded: urlencoded.readableBytes
        }
    }

    /// Makes all anew for the calendar's present second.
    @inline(__always)
    mutating func update() {
        let now = Clock.secondsSince1970()
        if now != second { make(now) }
    }

    @inline(never)
    private mutating func make(_ now: Int64) {
        second = now
        date.removeAll()
        date.append("date: ")
        date.append(HTTPDate.format(secondsSince1970: now))
        date.append("\r\n")
        Self.writeOK(.none, date.readableBytes, into: &untyped)
        Self.writeOK(.plainText, date.readableBytes, into: &plainText)
        Self.writeOK(.json, date.readableBytes, into: &json)
        Self.writeOK(.urlencoded, date.readableBytes, into: &urlencoded)
    }

    private static func writeOK(
        _ type: Headers.ImplicitContentType, _ date: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer
    ) {
        output.removeAll()
        ResponseWriter.statusLine(200, into: &output)
        if type != .none { ResponseWriter.field(name: "content-type", value: type.value.description, into: &output) }
        output.append(date)
        output.append("content-length: ")
    }
}
