// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetJSON

/// A film on a page of a `Sitemap`.
///
/// Source: [video sitemaps](https://developers.google.com/search/docs/crawling-indexing/sitemaps/video-sitemaps).
public struct SitemapVideo: Sendable, Hashable {
    /// Whom a list of countries or devices is for.
    public enum Relationship: String, Sendable, Hashable {
        /// For those of the list.
        case allow
        /// For all but those of the list.
        case deny
    }

    /// A list of countries or devices, with blanks between, and whether it is for them.
    public struct Limit: Sendable, Hashable {
        /// Whom it is for.
        public var relationship: Relationship
        /// The list, such as `IE GB US` or `web mobile`.
        public var content: String

        /// Makes a limit.
        public init(_ relationship: Relationship, _ content: String) {
            self.relationship = relationship
            self.content = content
        }
    }

    /// The film's name.
    public var title: String
    /// The URL of a picture of it.
    public var thumbnailLocation: String
    /// What it is about.
    public var description: String
    /// The URL of the film itself.
    public var contentLocation: String?
    /// The URL of a player for it.
    public var playerLocation: String?
    /// Its length in seconds.
    public var duration: Int?
    /// How often it was seen.
    public var viewCount: Int?
    /// A word that describes it.
    public var tag: String?
    /// 0 to 5.
    public var rating: Double?
    /// Until when it is there, as a W3C date.
    public var expirationDate: String?
    /// Since when it is there, as a W3C date.
    public var publicationDate: String?
    /// Whether it is for children, too.
    public var familyFriendly: Bool?
    /// Whether only subscribers see it.
    public var requiresSubscription: Bool?
    /// Whether it is made while it is seen.
    public var live: Bool?
    /// The countries that it is for.
    public var restriction: Limit?
    /// The devices that it is for.
    public var platform: Limit?
    /// Who has made it.
    public var uploader: String?
    /// The URL of a page about who has made it.
    public var uploaderInfo: String?

    /// Makes a film of what it must have; the rest can be set.
    public init(title: String, thumbnailLocation: String, description: String) {
        self.title = title
        self.thumbnailLocation = thumbnailLocation
        self.description = description
    }

    func write(to xml: inout XMLText) {
        func claim(_ value: Bool?) -> String? { value.map { $0 ? "yes" : "no" } }
        xml.append("<video:video>\n")
        xml.element("video:title", title)
        xml.element("video:thumbnail_loc", thumbnailLocation)
        xml.element("video:description", description)
        xml.element("video:content_loc", contentLocation)
        xml.element("video:player_loc", playerLocation)
        xml.element("video:duration", duration.map(String.init))
        xml.element("video:view_count", viewCount.map(String.init))
        xml.element("video:tag", tag)
        xml.element("video:rating", rating.map { JSON($0).description })
        xml.element("video:expiration_date", expirationDate)
        xml.element("video:publication_date", publicationDate)
        xml.element("video:family_friendly", claim(familyFriendly))
        xml.element("video:requires_subscription", claim(requiresSubscription))
        xml.element("video:live", claim(live))
        xml.element(
            "video:restriction", restriction?.content, attribute: ("relationship", restriction?.relationship.rawValue))
        xml.element("video:platform", platform?.content, attribute: ("relationship", platform?.relationship.rawValue))
        xml.element("video:uploader", uploader, attribute: ("info", uploaderInfo))
        xml.append("</video:video>\n")
    }
}
