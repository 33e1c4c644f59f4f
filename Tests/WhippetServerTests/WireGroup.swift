// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Cases that try one rule of the wire.
struct WireGroup: Sendable, CustomTestStringConvertible {
    var name: String
    var cases: [WireCase]

    /// Makes a group of lists of cases.
    init(_ name: String, _ lists: [WireCase]...) {
        self.name = name
        cases = lists.flatMap { $0 }
    }

    /// A request that is refused with one of the statuses, 400 unless they are named.
    static func bad(_ name: String, _ text: String, _ statuses: Int...) -> WireCase {
        WireCase(name, text, answers: [Set(statuses.isEmpty ? [400] : statuses)], .closes)
    }

    /// A request that is answered, and the next one, too.
    static func good(_ name: String, _ text: String, _ statuses: Set<Int> = [200], body: String? = nil) -> WireCase {
        var row = WireCase(name, text, answers: [statuses], .goesOn)
        row.body = body
        return row
    }

    /// Any exchange.
    static func row(_ name: String, _ text: String, answers: [Set<Int>], _ end: WireCase.End) -> WireCase {
        WireCase(name, text, answers: answers, end)
    }

    var testDescription: String { "\(name) (\(cases.count))" }

    static let all: [WireGroup] = [
        controlBytes, highBytes, delimiters, lineEnds, whiteSpace, hosts, targets, versions, methods, sizes,
        expectations,
        connections, lengths, codings, chunks, pipelines, otherProtocols,
    ]

    // The beginnings of requests.
    static let host = "Host: a\r\n"
    static let get = "GET / HTTP/1.1\r\n"
    static let post = "POST /echo HTTP/1.1\r\nHost: a\r\n"
    static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

    /// The bytes from `range` with their names.
    static func characters(_ range: some Sequence<Int>) -> [(name: String, text: String)] {
        range.map { ("0x" + String($0, radix: 16), String(UnicodeScalar(UInt8($0)))) }
    }

    static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// So many field lines of different names, each value of so many bytes.
    static func fields(_ count: Int, size: Int = 1) -> String {
        (0..<count).map { "a\($0): \(repeated("b", size))\r\n" }.joined()
    }
}
