// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetJSON

/// A list of pages for search engines: the answer of `sitemap.xml`.
///
/// ```swift
/// app.get("/sitemap.xml") {
///     Sitemap([
///         Sitemap.Entry("https://example.com", lastModified: "2024-01-02", changeFrequency: .yearly, priority: 1),
///         Sitemap.Entry("https://example.com/blog", images: ["https://example.com/image.jpg"]),
///     ])
/// }
/// ```
/// Text is escaped. Source: [sitemaps.org](https://www.sitemaps.org/protocol.html).
public struct Sitemap: Sendable, ResponseConvertible, ExpressibleByArrayLiteral {
    /// How often a page is likely to change.
    public enum ChangeFrequency: String, Sendable, Hashable {
        /// Each time it is looked at.
        case always
        /// Each hour.
        case hourly
        /// Each day.
        case daily
        /// Each week.
        case weekly
        /// Each month.
        case monthly
        /// Each year.
        case yearly
        /// No more.
        case never
    }

    /// A page.
    public struct Entry: Sendable {
        /// The absolute URL.
        public var url: String
        /// When it was changed, as a [W3C date](https://www.w3.org/TR/NOTE-datetime) such as `2024-01-02`.
        public var lastModified: String?
        /// How often it is likely to change.
        public var changeFrequency: ChangeFrequency?
        /// How important it is among the pages of the site, 0 to 1.
        public var priority: Double?
        /// The same page in other languages: a language and a URL each.
        public var alternates: KeyValuePairs<String, String>
        /// URLs of images on the page.
        public var images: [String]
        /// Films on the page.
        public var videos: [SitemapVideo]

        /// Makes an entry.
        public init(
            _ url: String, lastModified: String? = nil, changeFrequency: ChangeFrequency? = nil,
            priority: Double? = nil, alternates: KeyValuePairs<String, String> = [:], images: [String] = [],
            videos: [SitemapVideo] = []
        ) {
            self.url = url
            self.lastModified = lastModified
            self.changeFrequency = changeFrequency
            self.priority = priority
            self.alternates = alternates
            self.images = images
            self.videos = videos
        }
    }

    /// The pages.
    public var entries: [Entry]

    /// Makes a list of pages.
    public init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// Makes a list of pages.
    public init(arrayLiteral elements: Entry...) {
        entries = elements
    }

    /// The list as XML, as `application/xml`, to be asked for again each time.
    public var response: Response { .metadata(text, type: "application/xml") }

    /// The list as XML.
    var text: String {
        var xml = XMLText()
        xml.append("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"")
        if entries.contains(where: { !$0.images.isEmpty }) {
            xml.append(" xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\"")
        }
        if entries.contains(where: { !$0.videos.isEmpty }) {
            xml.append(" xmlns:video=\"http://www.google.com/schemas/sitemap-video/1.1\"")
        }
        if entries.contains(where: { !$0.alternates.isEmpty }) {
            xml.append(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"")
        }
        xml.append(">\n")
        for entry in entries { entry.write(to: &xml) }
        xml.append("</urlset>\n")
        return xml.text
    }
}

extension Sitemap.Entry {
    fileprivate func write(to xml: inout XMLText) {
        xml.append("<url>\n")
        xml.element("loc", url)
        for (language, href) in alternates {
            let (language, href) = (XMLText.escaped(language), XMLText.escaped(href))
            xml.append("<xhtml:link rel=\"alternate\" hreflang=\"\(language)\" href=\"\(href)\" />\n")
        }
        for image in images {
            xml.append("<image:image>\n")
            xml.element("image:loc", image)
            xml.append("</image:image>\n")
        }
        for video in videos { video.write(to: &xml) }
        xml.element("lastmod", lastModified)
        xml.element("changefreq", changeFrequency?.rawValue)
        xml.element("priority", priority.map { JSON($0).description })
        xml.append("</url>\n")
    }
}

extension Response {
    /// An answer about the site itself, which no cache hands out without asking.
    static func metadata(_ text: String, type: String) -> Response {
        Response(
            Body(text, type: type), headers: [.cacheControl: "public, max-age=0, must-revalidate"])
    }
}
