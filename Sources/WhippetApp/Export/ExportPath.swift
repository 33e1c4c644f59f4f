// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetRouting

/// Where in a folder the answer of a path goes, so that any server of files finds it again.
enum ExportPath {
    /// Why a path has no place in a folder.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The longest name that file systems take, in bytes.
    private static let maximumNameLength = 255

    /// The place of a canonical path, relative to the folder.
    ///
    /// A path whose last segment has an extension is a file of that name. A page of HTML is the `index.html` of a folder.
    /// Other answers get the extension of their type, `/posts` as JSON is `posts.json`; those of an unknown type have
    /// none. The root is `index` with the extension.
    static func file(_ path: String, type: String?) throws(Failure) -> String {
        var names: [String] = []
        for segment in path.split(separator: "/") {
            let bytes = Array(segment.utf8)
            guard let name = bytes.withUnsafeBufferPointer(PathNormalization.decodeSegment) else {
                throw Failure(description: "the path is not UTF-8")
            }
            // A canonical path has none of these but escaped ones.
            guard !name.contains("/"), !name.contains("\\"), !name.utf8.contains(0), name != ".", name != ".." else {
                throw Failure(description: "the segment \"\(segment)\" is no name of a file")
            }
            guard name.utf8.count <= maximumNameLength - 16 else {
                throw Failure(description: "the segment \"\(name.prefix(20))…\" is too long for the name of a file")
            }
            names.append(name)
        }
        let ending = type.flatMap(Self.ending)
        if let last = names.last, let dot = last.lastIndex(of: "."), dot != last.startIndex, last.last != "." {
            return names.joined(separator: "/")
        }
        if names.isEmpty || ending == "html" {
            return (names + ["index" + (ending.map { ".\($0)" } ?? "")]).joined(separator: "/")
        }
        return names.joined(separator: "/") + (ending.map { ".\($0)" } ?? "")
    }

    /// The extension of a media type; nil for one that is not known.
    private static func ending(_ type: String) -> String? {
        let essence = type.prefix { $0 != ";" }.split(separator: " ").first.map { $0.lowercased() } ?? ""
        if let ending = endings[essence] { return ending }
        if essence.hasSuffix("+json") { return "json" }
        return essence.hasSuffix("+xml") ? "xml" : nil
    }

    private static let endings = [
        "application/javascript": "js", "application/json": "json", "application/manifest+json": "webmanifest",
        "application/pdf": "pdf", "application/wasm": "wasm", "application/xml": "xml", "image/avif": "avif",
        "image/gif": "gif", "image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg", "image/webp": "webp",
        "image/x-icon": "ico", "text/calendar": "ics", "text/css": "css", "text/csv": "csv", "text/html": "html",
        "text/javascript": "js", "text/markdown": "md", "text/plain": "txt", "text/xml": "xml",
    ]
}
