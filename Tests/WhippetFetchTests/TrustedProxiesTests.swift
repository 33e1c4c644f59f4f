// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WhippetFetch

/// Whose word about a client is taken.
struct TrustedProxiesTests {
    @Test(
        "An address is in a block or not",
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false), ("192.168.128.0/17", "192.168.129.1", true),
            ("192.168.128.0/17", "192.168.127.1", false), ("2001:db8::/32", "2001:db8:1::5", true),
            ("2001:db8::/32", "2001:db9::", false), ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false),
            ("127.0.0.1", "::ffff:127.0.0.1", true), ("unix", "", true), ("127.0.0.1", "", false),
            ("127.0.0.1", "not an address", false),
        ])
    func blocks(block: String, address: String, isTrusted: Bool) {
        #expect(TrustedProxies([block]).contains(address) == isTrusted)
    }

    @Test(
        "What is no address is remembered for the error at start",
        arguments: [
            "", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0", "example.com", "::1/129", "10.0.0.0/a",
        ])
    func invalid(text: String) {
        #expect(TrustedProxies([text]).invalid == [text])
    }
}
