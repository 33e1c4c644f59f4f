// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

/// The conditions and ranges of a request, against the tag `"a"`, the date 2000-01-01T00:30:00Z and 1000 bytes.
struct SelectedRepresentationTests {
    static let before = "Sat, 01 Jan 2000 00:00:00 GMT"
    static let at = "Sat, 01 Jan 2000 00:30:00 GMT"
    static let after = "Sat, 01 Jan 2000 01:00:00 GMT"

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var method: Request.Method
        var headers: Headers
        var content: SelectedRepresentation.Content
        var testDescription: String { name }

        init(_ name: String, _ headers: Headers, _ content: SelectedRepresentation.Content) {
            self.init(name, .GET, headers, content)
        }

        init(
            _ name: String, _ method: Request.Method, _ headers: Headers, _ content: SelectedRepresentation.Content
        ) {
            self.name = name
            self.method = method
            self.headers = headers
            self.content = content
        }
    }

    static let cases: [Case] = [
        Case("no conditions", [:], .whole),
        // Step 1
        Case("If-Match, the tag", ["if-match": "\"b\", \"a\""], .whole),
        Case("If-Match, another tag", ["if-match": "\"b\""], .preconditionFailed),
        Case("If-Match is compared strongly", ["if-match": "W/\"a\""], .preconditionFailed),
        Case("If-Match, any", ["if-match": "*"], .whole),
        Case("If-Match, no tag at all", ["if-match": "a"], .preconditionFailed),
        Case("If-Match holds for HEAD", .HEAD, ["if-match": "\"b\""], .preconditionFailed),
        Case("If-Match holds for PUT", .PUT, ["if-match": "\"b\""], .preconditionFailed),
        Case("If-Match goes before If-Unmodified-Since", ["if-match": "\"a\"", "if-unmodified-since": before], .whole),
        // Step 2
        Case("If-Unmodified-Since, before", ["if-unmodified-since": before], .preconditionFailed),
        Case("If-Unmodified-Since, the date", ["if-unmodified-since": at], .whole),
        Case("If-Unmodified-Since, after", ["if-unmodified-since": after], .whole),
        Case("If-Unmodified-Since, no date", ["if-unmodified-since": "yesterday"], .whole),
        Case("If-Unmodified-Since holds for DELETE", .DELETE, ["if-unmodified-since": before], .preconditionFailed),
        // Step 3
        Case("If-None-Match, the tag", ["if-none-match": "\"a\""], .notModified),
        Case("If-None-Match is compared weakly", ["if-none-match": "W/\"a\""], .notModified),
        Case("If-None-Match, another tag", ["if-none-match": "\"b\""], .whole),
        Case("If-None-Match, any", ["if-none-match": "*"], .notModified),
        Case("If-None-Match of HEAD", .HEAD, ["if-none-match": "\"a\""], .notModified),
        Case("If-None-Match of PUT", .PUT, ["if-none-match": "*"], .preconditionFailed),
        Case(
            "If-None-Match goes before If-Modified-Since", ["if-none-match": "\"b\"", "if-modified-since": after],
            .whole),
        Case("both groups: the first fails", ["if-match": "\"b\"", "if-none-match": "\"a\""], .preconditionFailed),
        Case("both groups: the second holds", ["if-match": "\"a\"", "if-none-match": "\"a\""], .notModified),
        // Step 4
        Case("If-Modified-Since, before", ["if-modified-since": before], .whole),
        Case("If-Modified-Since, the date", ["if-modified-since": at], .notModified),
        Case("If-Modified-Since, after", ["if-modified-since": after], .notModified),
        Case(
            "If-Modified-Since in an old form", ["if-modified-since": "Saturday, 01-Jan-00 01:00:00 GMT"], .notModified),
        Case("If-Modified-Since, no date", ["if-modified-since": "2000-01-01"], .whole),
        Case("If-Modified-Since of POST", .POST, ["if-modified-since": after], .whole),
        // No conditions for these
        Case("OPTIONS has no conditions", .OPTIONS, ["if-match": "\"b\""], .whole),
        // Ranges
        Case("a range", ["range": "bytes=0-4"], .parts([0..<5])),
        Case("a range that does not exist", ["range": "bytes=1000-"], .unsatisfiable),
        Case("the last zero bytes", ["range": "bytes=-0"], .unsatisfiable),
        Case("one range of two exists", ["range": "bytes=0-4,1000-"], .parts([0..<5])),
        Case("ranges that overlap", ["range": "bytes=0-4,2-9"], .parts([0..<10])),
        Case("ranges that lie near", ["range": "bytes=0-4,50-59"], .parts([0..<60])),
        Case("ranges apart", ["range": "bytes=500-504,0-4"], .parts([500..<505, 0..<5])),
        Case("all of it as a range", ["range": "bytes=0-"], .parts([0..<1000])),
        Case("another unit", ["range": "lines=0-4"], .whole),
        Case("a range that is none", ["range": "asdf"], .whole),
        Case("HEAD has no ranges", .HEAD, ["range": "bytes=0-4"], .whole),
        Case("a condition goes before a range", ["range": "bytes=0-4", "if-none-match": "\"a\""], .notModified),
        // Step 5
        Case("If-Range, the tag", ["range": "bytes=0-4", "if-range": "\"a\""], .parts([0..<5])),
        Case("If-Range, another tag", ["range": "bytes=0-4", "if-range": "\"b\""], .whole),
        Case("If-Range, weak", ["range": "bytes=0-4", "if-range": "W/\"a\""], .whole),
        Case("If-Range, the date", ["range": "bytes=0-4", "if-range": at], .parts([0..<5])),
        Case("If-Range, a later date", ["range": "bytes=0-4", "if-range": after], .whole),
        Case("If-Range, nothing known", ["range": "bytes=0-4", "if-range": "x"], .whole),
        Case("If-Range keeps a range from failing", ["range": "bytes=1000-", "if-range": "\"b\""], .whole),
        Case("If-Range alone", ["if-range": "\"b\""], .whole),
    ]

    @Test("Conditions and ranges are evaluated in the order of RFC 9110 §13.2.2", arguments: cases)
    func content(_ one: Case) {
        let selected = SelectedRepresentation(etag: EntityTag("\"a\""), lastModified: 946_686_600, length: 1000)
        #expect(selected.content(for: one.method, one.headers) == one.content)
    }

    @Test("What has no tag, date or length ignores what is asked of them")
    func unknown() {
        let selected = SelectedRepresentation()
        for (headers, content) in [
            (["if-none-match": "\"a\""], .whole), (["if-match": "\"a\""], .preconditionFailed),
            (["if-none-match": "*"], .notModified), (["if-modified-since": Self.after], .whole),
            (["if-unmodified-since": Self.before], .whole), (["range": "bytes=0-4"], .whole),
        ] as [(Headers, SelectedRepresentation.Content)] {
            #expect(selected.content(for: .GET, headers) == content, "\(headers)")
        }
    }

    @Test("A weak tag is no reason to send a part")
    func weakIfRange() {
        let selected = SelectedRepresentation(etag: EntityTag("W/\"a\""), length: 10)
        #expect(selected.content(for: .GET, ["range": "bytes=0-4", "if-range": "W/\"a\""]) == .whole)
        #expect(selected.content(for: .GET, ["range": "bytes=0-4", "if-range": "\"a\""]) == .whole)
    }

    @Test("Of nothing the last bytes are all, and the first are none")
    func empty() {
        let selected = SelectedRepresentation(length: 0)
        #expect(selected.content(for: .GET, ["range": "bytes=-5"]) == .whole)
        #expect(selected.content(for: .GET, ["range": "bytes=0-"]) == .unsatisfiable)
    }

    @Test("Without a representation If-Match fails and If-None-Match holds")
    func nothingThere() {
        #expect(Precondition.evaluate(nil, .PUT, ["if-match": "*"]) == .failed)
        #expect(Precondition.evaluate(nil, .PUT, ["if-none-match": "*"]) == .met)
        #expect(Precondition.evaluate(nil, .PUT, ["if-unmodified-since": Self.before]) == .met)
    }
}
