// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra

/// What a client's `User-Agent` says of it, as Next's `userAgent` has it: the common browsers, systems and crawlers.
///
/// ```swift
/// let agent = userAgent(request)
/// if agent.isBot { try notFound() }
/// let isPhone = agent.device.type == "mobile"
/// expect(isPhone || agent.browser.name != nil || agent.ua.isEmpty)
/// ```
/// Anybody can send anything in that header: use it for what is shown, not for what is allowed.
public struct UserAgent: Sendable, Hashable {
    /// A name with a version.
    public struct Product: Sendable, Hashable {
        /// The name, such as `Mobile Safari` or `iOS`; nil for an unknown one.
        public var name: String?
        /// The version, such as `16.0`.
        public var version: String?
    }

    /// The device.
    public struct Device: Sendable, Hashable {
        /// `mobile` or `tablet`; nil for everything else.
        public var type: String?
        /// Who made it, where that is told.
        public var vendor: String?
        /// What it is called, where that is told.
        public var model: String?
    }

    /// The header as it came; empty for none.
    public let ua: String
    /// Whether it is one of the crawlers that Next knows.
    public let isBot: Bool
    /// The browser.
    public let browser: Product
    /// The system.
    public let os: Product
    /// The device.
    public let device: Device

    /// No header that is longer says anything more.
    private static let maximumLength = 1024

    init(_ header: String) {
        ua = header
        let text = Array(header.utf8.prefix(Self.maximumLength))
        isBot = Self.isBot(text.map(ASCII.lowercased))
        os = Self.os(text)
        device = Self.device(text)
        browser = Self.browser(text, isMobile: device.type == "mobile")
    }

    // MARK: - Algorithm

    private static let bots = [
        "googlebot", "mediapartners-google", "adsbot-google", "googleweblight", "storebot-google",
        "google-pagerenderer", "google-inspectiontool", "bingbot", "bingpreview", "slurp", "duckduckbot", "baiduspider",
        "yandex", "sogou", "linkedinbot", "bitlybot", "tumblr", "vkshare", "quora link preview", "facebookexternalhit",
        "facebookcatalog", "twitterbot", "applebot", "redditbot", "slackbot", "discordbot", "whatsapp",
        "skypeuripreview", "ia_archiver",
    ]

    private static func isBot(_ lowercased: [UInt8]) -> Bool {
        bots.contains { has($0, in: lowercased) }
    }

    /// The marks of browsers; the first that is there counts, since most claim to be several.
    private static let browsers = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"), ("HeadlessChrome/", "Chrome Headless"), ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("MSIE ", "IE"),
    ]

    private static func browser(_ text: [UInt8], isMobile: Bool) -> Product {
        for (mark, name) in browsers {
            if let version = version(behind: mark, in: text) { return Product(name: name, version: version) }
        }
        guard has("Safari/", in: text), let version = version(behind: "Version/", in: text) else { return Product() }
        return Product(name: isMobile || has("Mobile/", in: text) ? "Mobile Safari" : "Safari", version: version)
    }

    private static func os(_ text: [UInt8]) -> Product {
        for mark in ["iPhone OS ", "CPU OS "] {
            if let version = version(behind: mark, in: text) { return Product(name: "iOS", version: version) }
        }
        if let version = version(behind: "Android ", in: text) { return Product(name: "Android", version: version) }
        if let version = version(behind: "Windows NT ", in: text) {
            let names = ["10.0": "10", "6.3": "8.1", "6.2": "8", "6.1": "7"]
            return Product(name: "Windows", version: names[version] ?? version)
        }
        if let version = version(behind: "Mac OS X ", in: text) { return Product(name: "Mac OS", version: version) }
        if has("CrOS ", in: text) { return Product(name: "Chromium OS") }
        return Product(name: has("Linux", in: text) ? "Linux" : nil)
    }

    private static func device(_ text: [UInt8]) -> Device {
        if has("iPhone", in: text) { return Device(type: "mobile", vendor: "Apple", model: "iPhone") }
        if has("iPad", in: text) { return Device(type: "tablet", vendor: "Apple", model: "iPad") }
        guard has("Android", in: text) else { return Device() }
        return Device(type: has("Mobile", in: text) ? "mobile" : "tablet")
    }

    /// The digits, dots and underscores behind a mark; nil where it is not there or none follow.
    private static func version(behind mark: String, in text: [UInt8]) -> String? {
        guard let end = end(of: mark, in: text) else { return nil }
        let digits = text[end...].prefix { ASCII.isDigit($0) || $0 == 0x2E || $0 == 0x5F }
        return digits.isEmpty ? nil : String(decoding: digits.map { $0 == 0x5F ? 0x2E : $0 }, as: UTF8.self)
    }

    private static func has(_ mark: String, in text: [UInt8]) -> Bool {
        end(of: mark, in: text) != nil
    }

    /// Where the first occurrence of a mark ends.
    private static func end(of mark: String, in text: [UInt8]) -> Int? {
        let mark = Array(mark.utf8)
        guard text.count >= mark.count else { return nil }
        let start = (0...(text.count - mark.count)).first { text[$0...].starts(with: mark) }
        return start.map { $0 + mark.count }
    }
}

/// What the client's `User-Agent` says of it.
public func userAgent(_ request: Request) -> UserAgent {
    UserAgent(request.headers[.userAgent] ?? "")
}
