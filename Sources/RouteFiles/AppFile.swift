// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A file below the folder of routes, by the meaning that its name and its folders give it.
struct AppFile {
    enum Kind: Hashable {
        case route
        case middleware
        case error
        case notFound
        /// A page of Next's; it has no meaning here but the conflict with a route of its path.
        case page
        /// Any other Swift file: compiled as it is.
        case other
    }

    /// The path inside the folder of routes.
    let path: String
    /// The folders that lead to it.
    let folders: [String]
    let kind: Kind

    /// The folders with slashes between, as they are named.
    var folder: String { folders.joined(separator: "/") }

    init(path: String, pageExtensions: [String]) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let name = parts.popLast() ?? ""
        self.path = path
        folders = parts
        let isPrivate = parts.contains { $0.utf8.first == UInt8(ascii: "_") }
        kind = isPrivate ? .other : AppFile.kind(of: name, pageExtensions)
    }

    private static func kind(of name: String, _ pageExtensions: [String]) -> Kind {
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return .other }
        let ending = String(name[name.index(after: dot)...])
        let isSpecial = pageExtensions.contains(ending)
        switch name[..<dot] {
        case "route" where isSpecial: return .route
        case "middleware" where isSpecial: return .middleware
        case "error" where isSpecial: return .error
        case "not-found" where isSpecial: return .notFound
        case "page" where isSpecial || webPageEndings.contains(ending): return .page
        default: return .other
        }
    }

    private static let webPageEndings: Set<String> = ["tsx", "ts", "jsx", "js", "mdx", "md", "html", "swift"]
}
