// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Testing
internal import WhippetInfra
internal import WhippetTestSupport
internal import WhippetURL

struct DataURLTests {
    @Test(
        "The type and the content are found",
        arguments: [
            ("data:,", "text/plain;charset=US-ASCII", ""), ("data:,a%20b", "text/plain;charset=US-ASCII", "a b"),
            ("data:text/html,<p>#x", "text/html", "<p>"), ("data:,a,b?c", "text/plain;charset=US-ASCII", "a,b?c"),
            ("data:;charset=utf-8,x", "text/plain;charset=utf-8", "x"),
            ("data:x,x", "text/plain;charset=US-ASCII", "x"),
            ("data:;base64,aGk=", "text/plain;charset=US-ASCII", "hi"),
            ("data:image/PNG; BASE64,%61Gk", "image/png", "hi"), ("data:text/plain;base64;x,aGk", "text/plain", "aGk"),
            ("data:base64,aGk", "text/plain;charset=US-ASCII", "aGk"), ("DATA: text/a ,x", "text/a", "x"),
        ])
    func content(input: String, type: String, body: String) throws {
        let data = try #require(DataURL(try WhippetURL.URL(input)))
        #expect(data.mimeType.serialized == type)
        #expect(data.body == Array(body.utf8))
    }

    @Test(
        "What has no comma, bad base 64 or another scheme fails",
        arguments: ["data:", "data:text/html", "data:#,", "data:;base64,a", "data:;base64,%FF", "https://a/,x"])
    func failure(input: String) throws {
        #expect(DataURL(try WhippetURL.URL(input)) == nil)
    }

    @Test(
        "The standards' cases pass",
        .enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)))
    func standardsData() throws {
        let folder = ProcessInfo.processInfo.environment["WHIPPET_STANDARDS_DATA"] ?? ""
        let file = try #require(FileManager.default.contents(atPath: "\(folder)/fetch/data-urls/data-urls.json"))
        let cases = try #require(try JSONSerialization.jsonObject(with: file) as? [[Any]])
        var failures: [String] = []
        for test in cases {
            let input = try #require(test[0] as? String)
            let data = WhippetURL.URL.parse(input).flatMap { DataURL($0) }
            let bytes = test.count > 2 ? (test[2] as? [NSNumber])?.map(\.uint8Value) : nil
            if data?.mimeType.serialized != test[1] as? String || data?.body != bytes { failures.append(input) }
        }
        #expect(cases.count == 72)
        #expect(failures == [])
    }
}
