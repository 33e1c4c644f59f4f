// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A file below the folder of routes, by the meaning that its name and its folders give it.
struct AppFile {
    enum Kind: Hashable {
        case route
        case middleware
        case error
        case notFound
        /// `sitemap.swift`, `robots.swift` or `manifest.swift`, by the name of its function.
        case metadata(String)
        /// A file that is sent as it is, such as `favicon.ico`.
        case asset
        /// A file below `pages/api`: one function for all methods.
        case api
        /// What runs before the application listens, and hears of errors: in the folder of routes itself.
        case instrumentation
        /// A page of Next's; it has no meaning here but the conflict with a route of its path.
        case page
        /// Any other Swift file: compiled as it is.
        case other

        /// Whether it answers requests.
        var isRoute: Bool {
            switch self {
            case .route, .metadata, .asset, .api: true
            case .middleware, .error, .notFound, .instrumentation, .page, .other: false
            }
        }
    }

    /// The path inside the folder of routes.
    let path: String
    /// The folders that lead to it.
    let folders: [String]
    let kind: Kind
    /// What its path has behind that of its folder; nil for nothing.
    let pathName: String?

    /// The folders with slashes between, as they are named.
    var folder: String { folders.joined(separator: "/") }

    init(path: String, pageExtensions: [String]) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let name = parts.popLast() ?? ""
        self.path = path
        folders = parts
        let isPrivate = parts.contains { $0.utf8.first == UInt8(ascii: "_") }
        let kind = isPrivate ? .other : AppFile.kind(of: name, pageExtensions, isInRoot: parts.isEmpty)
        self.kind = kind == .instrumentation && !parts.isEmpty ? .other : kind
        pathName =
            switch kind {
            case .metadata("sitemap"): "sitemap.xml"
            case .metadata("robots"): "robots.txt"
            case .metadata: "manifest.webmanifest"
            case .asset: name
            default: nil
            }
    }

    /// A file of the folder `pages`, whose own name is the last part of its path.
    init(page path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let name = parts.popLast() ?? ""
        self.path = path
        let isPrivate = parts.contains { $0.utf8.first == UInt8(ascii: "_") } || name.utf8.first == UInt8(ascii: "_")
        pathName = nil
        guard !isPrivate, parts.first == "api" || (parts.isEmpty && name == "api.swift"), name.hasSuffix(".swift")
        else {
            folders = parts
            kind = .other
            return
        }
        let stem = String(name.dropLast(".swift".count))
        folders = parts + (stem == "index" ? [] : [stem])
        kind = .api
    }

    private static func kind(of name: String, _ pageExtensions: [String], isInRoot: Bool) -> Kind {
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return .other }
        let ending = String(name[name.index(after: dot)...])
        let isSpecial = pageExtensions.contains(ending)
        switch name[..<dot] {
        case "route" where isSpecial: return .route
        case "middleware" where isSpecial: return .middleware
        case "error" where isSpecial: return .error
        case "not-found" where isSpecial: return .notFound
        case "instrumentation" where isSpecial: return .instrumentation
        case "page" where isSpecial || webPageEndings.contains(ending): return .page
        case "sitemap" where isSpecial: return .metadata("sitemap")
        case "robots" where isSpecial && isInRoot: return .metadata("robots")
        case "manifest" where isSpecial && isInRoot: return .metadata("manifest")
        case let stem: return isAsset(String(stem), ending, isInRoot: isInRoot) ? .asset : .other
        }
    }

    /// Whether Next gives the name a meaning:
    /// [metadata files](https://nextjs.org/docs/app/api-reference/file-conventions/metadata).
    private static func isAsset(_ stem: String, _ ending: String, isInRoot: Bool) -> Bool {
        switch (stem, ending) {
        case ("favicon", "ico"), ("robots", "txt"), ("manifest", "webmanifest"), ("manifest", "json"): return isInRoot
        case ("sitemap", "xml"): return true
        default:
            // One digit tells several of a kind apart.
            let name = stem.utf8.last.map(Lexer.isDigit) == true ? String(stem.dropLast()) : stem
            return imageEndings[name]?.contains(ending) ?? false
        }
    }

    private static let imageEndings: [String: Set<String>] = [
        "icon": ["ico", "jpg", "jpeg", "png", "svg"], "apple-icon": ["jpg", "jpeg", "png"],
        "opengraph-image": ["jpg", "jpeg", "png", "gif"], "twitter-image": ["jpg", "jpeg", "png", "gif"],
    ]

    private static let webPageEndings: Set<String> = ["tsx", "ts", "jsx", "js", "mdx", "md", "html", "swift"]
}
