// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Lists of entity tags, as conditional requests have them.
enum EntityTags {
    /// Whether a field value such as `W/"a", "b"` or `*` contains a tag, compared weakly.
    ///
    /// Source: [RFC 9110 §8.8.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.2).
    static func contains(_ list: String, _ tag: String) -> Bool {
        if list.drop(while: isBlank).prefix(1) == "*" { return true }
        let wanted = opaque(tag[...])
        var rest = list[...]
        while let start = rest.firstIndex(of: "\"") {
            let afterQuote = rest.index(after: start)
            guard let end = rest[afterQuote...].firstIndex(of: "\"") else { return false }
            if rest[start...end] == wanted { return true }
            rest = rest[rest.index(after: end)...]
        }
        return false
    }

    /// The tag without the mark of a weak one.
    private static func opaque(_ tag: Substring) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}
