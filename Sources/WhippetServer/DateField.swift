// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetHTTP1
internal import WhippetInfra

/// The `Date` field, made once a second.
struct DateField: ~Copyable {
    private var second: Int64 = .min
    private var text = ByteBuffer()

    /// The whole field line, valid until the next `update`: an array would be counted for each answer.
    var line: UnsafeBufferPointer<UInt8> { text.readableBytes }

    /// Makes the line for the calendar's present second.
    mutating func update() {
        let now = Clock.secondsSince1970()
        guard now != second else { return }
        second = now
        text.removeAll()
        text.append("date: ")
        text.append(HTTPDate.format(secondsSince1970: now))
        text.append("\r\n")
    }
}
