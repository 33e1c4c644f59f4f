// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetJSON

/// What the benchmarks read: the same for Whippet, Foundation and Node.
enum Inputs {
    struct Point: Codable {
        var lat: Double
        var lng: Double
    }

    struct Address: Codable {
        var street: String
        var city: String
        var zip: String
        var geo: Point
    }

    struct User: Codable {
        var id: Int
        var name: String
        var email: String
        var active: Bool
        var score: Double
        var tags: [String]
        var address: Address
        var note: String?
    }

    struct Page: Codable {
        var total: Int
        var page: Int
        var users: [User]
    }

    struct Item: Codable {
        var id: Int
        var name: String
    }

    static let item = Item(id: 42, name: "Ada Lovelace")
    static let itemText = #"{"id":42,"name":"Ada Lovelace"}"#

    /// A page of users, some 10 KB as JSON.
    static let page = Page(total: 38, page: 1, users: (0..<38).map(user))

    private static func user(_ number: Int) -> User {
        let value = Double(number)
        let address = Address(
            street: "\(number) Main Street", city: "Springfield", zip: "\(10000 + number)",
            geo: Point(lat: 40.0 + value * 0.0137, lng: -73.5 - value * 0.0211))
        return User(
            id: 1000 + number, name: "User Number \(number)", email: "user\(number)@example.com",
            active: number % 3 != 0, score: value * 12.75 + 0.1, tags: ["alpha", "beta", "tag-\(number)"],
            address: address, note: number % 2 == 0 ? nil : "A longer note with \"quotes\", number \(number)")
    }

    /// A hundred thousand URLs as they stand in pages and logs, from a generator that gives the same ones each time.
    static let urls: [String] = {
        let hosts = [
            "www.google.com", "en.wikipedia.org", "news.ycombinator.com", "www.example.co.uk", "cdn.jsdelivr.net",
            "api.github.com", "user-images.githubusercontent.com", "localhost:3000", "127.0.0.1:8080",
        ]
        let words = [
            "items", "index.html", "article", "2024", "a-rather-long-slug-for-a-post", "assets", "js", "app.min.js",
            "v2", "users", "search", "a", "b", "page", "q", "id",
        ]
        var state: UInt32 = 12345
        func next(_ limit: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % limit
        }
        func word() -> String { words[next(words.count)] }
        return (0..<100_000).map { _ in
            var url = (next(8) == 0 ? "http://" : "https://") + hosts[next(hosts.count)] + "/"
            let depth = next(6)
            url += (0..<depth).map { _ in word() }.joined(separator: "/")
            if next(3) == 0 {
                url += "?" + (0...next(4)).map { _ in "\(word())=\(next(1_000_000))" }.joined(separator: "&")
            }
            if next(10) == 0 { url += "#" + word() }
            if next(20) == 0 { url += "/\u{E9} \u{FC}" }
            return url
        }
    }()

    static let target = "/items/1234?q=teapot&page=2&sort=price"

    /// The fields of a request as a browser sends them.
    static let fields: [(name: String, value: String)] = [
        ("host", "example.com:8080"), ("connection", "keep-alive"), ("cache-control", "max-age=0"),
        ("upgrade-insecure-requests", "1"), ("dnt", "1"), ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"),
        ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), ("accept-encoding", "gzip, br"),
        ("accept-language", "en-GB,en;q=0.8,de;q=0.5"), ("cookie", "session=0123456789abcdef; theme=dark; lang=en"),
        ("referer", "https://example.com/items"), ("sec-fetch-dest", "document"), ("sec-fetch-mode", "navigate"),
        ("sec-fetch-site", "same-origin"), ("sec-fetch-user", "?1"), ("priority", "u=0, i"),
        ("if-none-match", "\"0123456789\""), ("x-request-id", "7b0e5d1c"), ("x-forwarded-for", "192.0.2.1"),
        ("x-forwarded-proto", "https"),
    ]

    static let chunk = [UInt8](repeating: 0x61, count: 64)
}
