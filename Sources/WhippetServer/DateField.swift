// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The `Date` field, made once a second.
struct DateField {
    private var second: Int64 = .min
    private(set) var line: [UInt8] = []

    /// The whole field line for the calendar's present second.
    mutating func update() {
        let now = Clock.secondsSince1970()
        guard now != second else { return }
        second = now
        line = Array("date: ".utf8)
        line += HTTPDate.format(secondsSince1970: now).utf8
        line += "\r\n".utf8
    }
}
