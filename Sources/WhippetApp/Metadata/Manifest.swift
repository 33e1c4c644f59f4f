// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetJSON

/// What a browser needs to install a site as an application: the answer of `manifest.webmanifest`.
///
/// ```swift
/// app.get("/manifest.webmanifest") {
///     Manifest(name: "App", shortName: "A", startURL: "/", icons: [
///         Manifest.Icon("/favicon.ico", sizes: "any", type: "image/x-icon"),
///     ])
/// }
/// ```
/// Source: [Web Application Manifest](https://www.w3.org/TR/appmanifest/).
public struct Manifest: Sendable, ResponseConvertible {
    /// An image of the application.
    public struct Icon: Sendable, Hashable {
        /// The URL.
        public var src: String
        /// Widths and heights, such as `48x48 96x96`, or `any`.
        public var sizes: String?
        /// The type, such as `image/png`.
        public var type: String?
        /// What it is for, such as `maskable`.
        public var purpose: String?

        /// Makes an image.
        public init(_ src: String, sizes: String? = nil, type: String? = nil, purpose: String? = nil) {
            self.src = src
            self.sizes = sizes
            self.type = type
            self.purpose = purpose
        }
    }

    /// The members in their order.
    public var members: JSON

    /// Makes a manifest of the members that most have.
    ///
    /// - Parameter other: Members of other names, behind these.
    public init(
        name: String? = nil, shortName: String? = nil, description: String? = nil, id: String? = nil,
        startURL: String? = nil, scope: String? = nil, display: String? = nil, orientation: String? = nil,
        backgroundColor: String? = nil, themeColor: String? = nil, language: String? = nil, icons: [Icon] = [],
        other: KeyValuePairs<String, JSON> = [:]
    ) {
        var members: JSON = [:]
        func set(_ name: String, _ value: String?) {
            if let value { members[name] = JSON(value) }
        }
        set("name", name)
        set("short_name", shortName)
        set("description", description)
        set("id", id)
        set("start_url", startURL)
        set("scope", scope)
        set("display", display)
        set("orientation", orientation)
        set("background_color", backgroundColor)
        set("theme_color", themeColor)
        set("lang", language)
        if !icons.isEmpty { members["icons"] = JSON(icons.map(\.json)) }
        for (name, value) in other { members[name] = value }
        self.members = members
    }

    /// Makes a manifest of JSON, as it is.
    public init(_ members: JSON) {
        self.members = members
    }

    /// The manifest as `application/manifest+json`, to be asked for again each time.
    public var response: Response { .metadata(members.description, type: "application/manifest+json") }
}

extension Manifest.Icon {
    fileprivate var json: JSON {
        var json: JSON = ["src": JSON(src)]
        if let sizes { json["sizes"] = JSON(sizes) }
        if let type { json["type"] = JSON(type) }
        if let purpose { json["purpose"] = JSON(purpose) }
        return json
    }
}
