// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// Types of content in the spelling of Express: lower-case charsets behind a semicolon and a space.
enum MediaTypes {
    /// Types besides `text/*` whose files are text in UTF-8.
    private static let inUTF8: Set<String> = [
        "application/javascript", "application/json", "application/manifest+json",
    ]

    /// The value of `Content-Type` for a type or an extension such as `html` or `.html`; nil for an extension that is
    /// not known.
    static func contentType(_ name: String) -> String? {
        var type = name
        if !name.utf8.contains(0x2F) {
            let start = name.utf8.lastIndex(of: 0x2E).map { name.utf8.index(after: $0) } ?? name.startIndex
            guard let essence = MIMEType.essence(ofExtension: String(name[start...])) else { return nil }
            type = essence
        }
        // Fast path: what is said already needs no reading.
        if type.utf8.last == 0x38, type.hasSuffix("; charset=utf-8") { return type }
        guard let parsed = MIMEType(type), parsed["charset"] == nil,
            parsed.type == "text" || inUTF8.contains(parsed.essence)
        else { return type }
        return type + "; charset=utf-8"
    }

    /// The `Content-Type` of a file by its name.
    static func contentType(ofFile name: String) -> String {
        let last = name.utf8.lastIndex(of: 0x2F).map { String(name[name.utf8.index(after: $0)...]) } ?? name
        guard last.utf8.contains(0x2E) else { return "application/octet-stream" }
        return contentType(last) ?? "application/octet-stream"
    }

    /// The type with `charset=utf-8`, whatever charset it had; as it is if it is none.
    static func inUTF8(_ type: String) -> String {
        if type.hasSuffix("; charset=utf-8") { return type }
        guard var parsed = MIMEType(type) else { return type }
        parsed["charset"] = "utf-8"
        parsed.parameters.sort { $0.name < $1.name }
        return parsed.serialized.split(separator: ";").joined(separator: "; ")
    }

    // MARK: - What content is

    /// Which of the types a `Content-Type` is, as the package `type-is` has it.
    static func match(_ contentType: String, _ types: [String]) -> String? {
        guard let type = MIMEType(contentType) else { return nil }
        if types.isEmpty { return type.essence }
        for name in types where matches(type, name) {
            return name.first == "+" || name.contains("*") ? type.essence : name
        }
        return nil
    }

    private static func matches(_ type: MIMEType, _ name: String) -> Bool {
        var pattern: String
        switch name {
        case "urlencoded": pattern = "application/x-www-form-urlencoded"
        case "multipart": pattern = "multipart/*"
        default:
            if name.first == "+" {
                pattern = "*/*" + name
            } else if name.contains("/") {
                pattern = ASCII.lowercased(name)
            } else {
                pattern = MIMEType.essence(ofExtension: name) ?? ""
            }
        }
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "*" || parts[0] == type.type else { return false }
        if parts[1].hasPrefix("*+") { return type.subtype.hasSuffix(parts[1].dropFirst()) }
        return parts[1] == "*" || parts[1] == type.subtype
    }
}
