// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetJSON

/// What robots may look at: the answer of `robots.txt`.
///
/// ```swift
/// app.get("/robots.txt") {
///     Robots(disallow: ["/private/"], sitemap: ["https://example.com/sitemap.xml"])
/// }
/// ```
/// Source: [RFC 9309](https://www.rfc-editor.org/rfc/rfc9309).
public struct Robots: Sendable, ResponseConvertible {
    /// What some robots may look at.
    public struct Rule: Sendable {
        /// The robots' names; `*` for all.
        public var userAgent: [String]
        /// Paths that they may look at.
        public var allow: [String]
        /// Paths that they may not.
        public var disallow: [String]
        /// How many seconds they should wait between requests.
        public var crawlDelay: Double?
        /// Lines of other names, such as `Request-Rate`.
        public var other: KeyValuePairs<String, String>

        /// Makes a rule.
        public init(
            userAgent: [String] = ["*"], allow: [String] = [], disallow: [String] = [], crawlDelay: Double? = nil,
            other: KeyValuePairs<String, String> = [:]
        ) {
            self.userAgent = userAgent
            self.allow = allow
            self.disallow = disallow
            self.crawlDelay = crawlDelay
            self.other = other
        }
    }

    /// The rules.
    public var rules: [Rule]
    /// Absolute URLs of sitemaps.
    public var sitemap: [String]
    /// The name of the host that counts, which some robots know.
    public var host: String?

    /// Makes it of rules.
    public init(_ rules: [Rule], sitemap: [String] = [], host: String? = nil) {
        self.rules = rules
        self.sitemap = sitemap
        self.host = host
    }

    /// Makes it of one rule for all robots.
    public init(allow: [String] = [], disallow: [String] = [], sitemap: [String] = [], host: String? = nil) {
        self.init([Rule(allow: allow, disallow: disallow)], sitemap: sitemap, host: host)
    }

    /// The rules as text, as `text/plain`, to be asked for again each time.
    public var response: Response { .metadata(text, type: "text/plain") }

    var text: String {
        var text = ""
        func line(_ name: String, _ value: String) { text += "\(Self.oneLine(name)): \(Self.oneLine(value))\n" }
        for rule in rules {
            for agent in rule.userAgent.isEmpty ? ["*"] : rule.userAgent { line("User-Agent", agent) }
            for path in rule.allow { line("Allow", path) }
            for path in rule.disallow { line("Disallow", path) }
            if let delay = rule.crawlDelay { line("Crawl-delay", JSON(delay).description) }
            for (name, value) in rule.other { line(name, value) }
            text += "\n"
        }
        if let host { line("Host", host) }
        for url in sitemap { line("Sitemap", url) }
        return text
    }

    /// The text without line breaks, so that no value makes a line of its own.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }))
    }
}
