// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1

/// A host as it may stand in `Host`, and whether it is one.
struct HostCase: CustomTestStringConvertible, Sendable {
    let host: String
    let isValid: Bool

    var testDescription: String { host }
}

@Suite("Authority")
struct AuthorityTests {
    @Test("a host is a name or an address", arguments: cases)
    func host(_ row: HostCase) {
        let input = bytes("GET / HTTP/1.1\r\nHost: \(row.host)\r\n\r\n")
        let outcome = parseRequest(input, cuts: [input.count])
        #expect(outcome.error == (row.isValid ? nil : .invalidHost))
        #expect(outcome.head?.authority == (row.isValid ? row.host : nil))
    }

    static let cases: [HostCase] =
        [
            "a", "A-b.c_d~e", "!$&'()*+;=", "ex%41mple", "xn--bcher-kva.example", "1.2.3.4", "a.", "a:0", "a:00080",
            "a:65535", "[::]", "[::1]", "[1::]", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]",
            "[1::8]", "[ABCD:ef01::]", "[::1.2.3.4]", "[1:2:3:4:5:6:1.2.3.4]", "[::ffff:255.255.255.255]",
            "[1:2:3:4:5::1.2.3.4]", "[::1]:80", "[::1]:",
        ].map { HostCase(host: $0, isValid: true) }
        + [
            "%", "%4", "%zz", "a%", "a\"b", "a<b", "a\\b", "a^b", "a`b", "a|b", "{a}", "a?b", "a#b", "a@b", "a,b:x",
            "a,b",
            "[]", "[", "[:]", "[:::]", "[1]", "[1:2]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]",
            "[1::2::3]", "[12345::]", "[g::]", "[::1%25eth0]", "[::1%eth0]", "[v1.x]", "[1:2:3:4:5:6:7:]",
            "[:1:2:3:4:5:6:7]", "[::1.2.3]", "[::1.2.3.4.5]", "[::1.2.3.256]", "[::1.2.3.04]", "[::1.2.3.]",
            "[1.2.3.4]", "[1:2:3:4:5:6:7:1.2.3.4]", "[::1.2.3.4:5]", "[1:2:3:4:5:6::1.2.3.4]", "[::1]80", "[::1]:a",
            "[::1]]", "a:99999999999999999999", "a:-1", "a: 1",
        ].map { HostCase(host: $0, isValid: false) }
}
