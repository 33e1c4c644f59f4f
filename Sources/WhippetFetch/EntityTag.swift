// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What tells one version of a representation from another: `"xyzzy"`, or `W/"xyzzy"` for one that stands for the same
/// meaning only, not the same bytes.
///
/// Source: [RFC 9110 §8.8.3](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3).
package struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    package let isWeak: Bool
    /// The tag with its quotes, without the mark of a weak one.
    package let opaque: String

    /// Makes a tag of what stands between the quotes, which the caller knows to be made of `etagc` only.
    package init(opaque text: String, isWeak: Bool = false) {
        opaque = "\"\(text)\""
        self.isWeak = isWeak
    }

    /// Reads one tag; nil for anything else.
    package init?(_ text: String) {
        var scanner = EntityTagScanner(text)
        guard let tag = scanner.next(), scanner.isAtEnd else { return nil }
        self = tag
    }

    fileprivate init(_ opaque: Substring.UTF8View, isWeak: Bool) {
        self.opaque = String(Substring(opaque))
        self.isWeak = isWeak
    }

    package var description: String { isWeak ? "W/" + opaque : opaque }

    /// Whether both are strong and the same.
    ///
    /// Source: [RFC 9110 §8.8.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.2).
    package func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    /// Whether they are the same but for the mark of a weak one.
    package func matchesWeakly(_ other: EntityTag) -> Bool {
        opaque == other.opaque
    }
}

/// The value of `If-Match` and `If-None-Match`: any version, or those of a list.
package enum EntityTagCondition: Sendable, Hashable {
    /// `*`: whatever there is.
    case any
    /// The tags up to the first thing that is none.
    case tags([EntityTag])

    /// More tags than this are not looked at.
    private static let maximumCount = 256

    /// Reads a field value.
    package init(_ field: String) {
        var scanner = EntityTagScanner(field)
        if scanner.isStar {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        while tags.count < Self.maximumCount, let tag = scanner.next() { tags.append(tag) }
        self = .tags(tags)
    }

    /// Whether a version is meant, compared strongly; nil stands for one that has no tag.
    package func matchesStrongly(_ tag: EntityTag?) -> Bool {
        matches { candidate in tag.map { candidate.matchesStrongly($0) } ?? false }
    }

    /// Whether a version is meant, compared weakly; nil stands for one that has no tag.
    package func matchesWeakly(_ tag: EntityTag?) -> Bool {
        matches { candidate in tag.map { candidate.matchesWeakly($0) } ?? false }
    }

    private func matches(_ isMeant: (EntityTag) -> Bool) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains(where: isMeant)
        }
    }
}

/// Reads tags between commas.
private struct EntityTagScanner {
    private var rest: Substring.UTF8View
    /// Whether a comma stands in front of what comes, or it is the first.
    private var isSeparated = true

    init(_ text: String) {
        rest = text[...].utf8
        skipSeparators()
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Whether the whole value is `*`.
    var isStar: Bool {
        rest.first == 0x2A && rest.dropFirst().allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// The next tag, nil where there is none.
    mutating func next() -> EntityTag? {
        guard isSeparated else { return nil }
        var text = rest
        let isWeak = text.starts(with: [0x57, 0x2F])
        if isWeak { text = text.dropFirst(2) }
        guard text.first == 0x22 else { return nil }
        let inside = text.dropFirst()
        // etagc: no white space, no control byte and no quote; a byte above 0x7F is one.
        guard let end = inside.firstIndex(where: { $0 == 0x22 || $0 <= 0x20 || $0 == 0x7F }), inside[end] == 0x22 else {
            return nil
        }
        rest = inside[inside.index(after: end)...]
        isSeparated = false
        skipSeparators()
        return EntityTag(text[text.startIndex...end], isWeak: isWeak)
    }

    private mutating func skipSeparators() {
        // The first needs none; empty elements of a list count for nothing, RFC 9110 §5.6.1.2.
        while let byte = rest.first, byte == 0x20 || byte == 0x09 || byte == 0x2C {
            if byte == 0x2C { isSeparated = true }
            rest.removeFirst()
        }
    }
}
