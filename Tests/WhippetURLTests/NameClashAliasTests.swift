// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Testing
internal import WhippetURL

/// Settles the clash with Foundation for a file; without `private` it does for a module.
private typealias URL = WebURL

/// A file that uses both Foundation and this module, and an alias in place of a scoped import.
struct NameClashAliasTests {
    private func host(_ url: URL) -> String { url.shortHost }

    @Test("An alias settles what URL means, in extensions, too")
    func alias() throws {
        #expect(host(try URL("https://www.Example.com/")) == "example.com")
    }
}

extension URL {
    fileprivate var shortHost: String { hostname.hasPrefix("www.") ? String(hostname.dropFirst(4)) : hostname }
}
