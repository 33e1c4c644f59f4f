// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Testing
internal import WhippetURL

internal import struct WhippetURL.URL

/// A file that uses both Foundation and this module: the scoped import above settles what `URL` means.
struct NameClashTests {
    private func host(_ url: URL) -> String { url.hostname }

    @Test("The name URL means this module's type where it is imported by itself")
    func scopedImport() throws {
        #expect(host(try URL("https://Example.com/")) == "example.com")
    }

    @Test("WebURL and Foundation's own name are never ambiguous")
    func otherNames() throws {
        let url: WebURL = try WebURL("https://h/a")
        let other: Foundation.URL? = Foundation.URL(string: url.href)
        #expect(other?.path == url.pathname)
    }
}
