// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra
internal import WhippetURL

struct URLSetterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let href: String
        let name: String
        let value: String
        let expected: String

        init(_ href: String, _ name: String, _ value: String, _ expected: String) {
            (self.href, self.name, self.value, self.expected) = (href, name, value, expected)
        }

        var testDescription: String { "\(href) \(name) = \(value)" }
    }

    static let setters: [String: @Sendable (inout URL, String) -> Void] = [
        "protocol": { $0.protocol = $1 }, "username": { $0.username = $1 }, "password": { $0.password = $1 },
        "host": { $0.host = $1 }, "hostname": { $0.hostname = $1 }, "port": { $0.port = $1 },
        "pathname": { $0.pathname = $1 }, "search": { $0.search = $1 }, "hash": { $0.hash = $1 },
    ]

    @Test(
        "A setter changes its component, or nothing where the standard refuses the value",
        arguments: [
            Case("https://h:80/", "protocol", "http", "http://h/"),
            Case("https://h/", "protocol", "HTTP:rest", "http://h/"),
            Case("https://h/", "protocol", "other", "https://h/"),
            Case("https://u@h/", "protocol", "file", "https://u@h/"),
            Case("file:///a", "protocol", "http", "file:///a"),
            Case("https://h/", "protocol", "1", "https://h/"),
            Case("https://h/", "protocol", "", "https://h/"),
            Case("https://h/", "username", "a:b@c", "https://a%3Ab%40c@h/"),
            Case("https://u:p@h/", "username", "", "https://:p@h/"),
            Case("file:///a", "username", "u", "file:///a"),
            Case("https://h/", "password", "p/q", "https://:p%2Fq@h/"),
            Case("https://u:p@h/", "password", "", "https://u@h/"),
            Case("https://u:p@h:1/a?q#f", "host", "EXAMPLE.com:443/x", "https://u:p@example.com/a?q#f"),
            Case("https://h:1/", "host", "g", "https://g:1/"),
            Case("https://h:1/", "host", "g:65536", "https://g:1/"),
            Case("https://h/", "host", "", "https://h/"),
            Case("https://h/", "host", ":8080", "https://h/"),
            Case("other:/.//a", "host", "h", "other://h//a"),
            Case("other://h//a", "host", "", "other:////a"),
            Case("mailto:a", "host", "h", "mailto:a"),
            Case("file:///a", "host", "localhost", "file:///a"),
            Case("file:///a", "host", "h:1", "file:///a"),
            Case("https://h:1/", "hostname", "g:2", "https://h:1/"),
            Case("https://h:1/", "hostname", "[::0:1]", "https://[::1]:1/"),
            Case("https://h/", "port", "8080x", "https://h:8080/"),
            Case("https://h:1/", "port", "443", "https://h/"),
            Case("https://h:1/", "port", "", "https://h/"),
            Case("https://h:1/", "port", "x", "https://h:1/"),
            Case("https://h:1/", "port", "65536", "https://h:1/"),
            Case("file:///a", "port", "1", "file:///a"),
            Case("https://h/a?q#f", "pathname", "b/../c?d#e", "https://h/c%3Fd%23e?q#f"),
            Case("https://h/a", "pathname", "", "https://h/"),
            Case("other://h/a", "pathname", "", "other://h"),
            Case("other:/a", "pathname", "", "other:/"),
            Case("other:/a", "pathname", "//b", "other:/.//b"),
            Case("mailto:a", "pathname", "b", "mailto:a"),
            Case("https://h/?q", "search", "?a b#c", "https://h/?a%20b%23c"),
            Case("https://h/?q#f", "search", "", "https://h/#f"),
            Case("https://h/?q", "search", "?", "https://h/?"),
            Case("https://h/#f", "hash", "#a\tb`c", "https://h/#ab%60c"),
            Case("https://h/?q#f", "hash", "", "https://h/?q"),
        ])
    func setter(test: Case) throws {
        var url = try URL(test.href)
        let set = try #require(Self.setters[test.name])
        set(&url, test.value)
        #expect(url.href == test.expected)
        #expect(try URL(url.href).href == test.expected)
    }

    @Test("setHref replaces the URL, or throws and leaves it")
    func href() throws {
        var url = try URL("https://h/")
        try url.setHref("HTTP://g")
        #expect(url.href == "http://g/")
        #expect(throws: TypeError.self) { try url.setHref("x") }
        #expect(url.href == "http://g/")
    }
}
