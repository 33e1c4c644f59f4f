// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// Reads and writes MIME types, and guesses them.
@_spi(Conformance) public enum MIMETypes {
    /// Parses a MIME type and serialises it; nil if it is none.
    ///
    /// Implements [parse](https://mimesniff.spec.whatwg.org/#parse-a-mime-type) and
    /// [serialize](https://mimesniff.spec.whatwg.org/#serialize-a-mime-type).
    public static func normalized(_ text: String) -> String? {
        MIMEType(text)?.serialized
    }

    /// The MIME type of a list of `Content-Type` values, serialised; nil if there is none.
    ///
    /// Implements [extract a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type).
    public static func extracted(from values: [String]) -> String? {
        MIMEType.extract(from: values)?.serialized
    }

    /// The MIME type reduced to what it is used for; nil if it is none.
    ///
    /// Implements [minimize](https://mimesniff.spec.whatwg.org/#minimize-a-supported-mime-type).
    public static func minimized(_ text: String, isSupported: Bool) -> String? {
        MIMEType(text)?.minimized { _ in isSupported }
    }

    /// The type of a resource as it is served, serialised.
    ///
    /// Implements the [MIME type sniffing algorithm](https://mimesniff.spec.whatwg.org/#mime-type-sniffing-algorithm).
    public static func computed(supplied: String?, isNoSniff: Bool, content: [UInt8]) -> String {
        MIMESniffing.computedMIMEType(supplied: supplied, isNoSniff: isNoSniff, content: content.span).serialized
    }
}

/// A field value with a structure, as one of the three things that
/// [RFC 9651](https://www.rfc-editor.org/rfc/rfc9651) knows.
@_spi(Conformance) public struct StructuredFieldValue: Equatable, Sendable {
    private enum Storage: Equatable {
        case item(StructuredField.Item)
        case list(StructuredField.List)
        case dictionary(StructuredField.Dictionary)
    }

    private let storage: Storage

    /// Parses an item from the values of all field lines; nil if they are none.
    public static func item(from values: [String]) -> Self? {
        (try? StructuredField.parseItem(values)).map { Self(storage: .item($0)) }
    }

    /// Parses a list from the values of all field lines; nil if they are none.
    public static func list(from values: [String]) -> Self? {
        (try? StructuredField.parseList(values)).map { Self(storage: .list($0)) }
    }

    /// Parses a dictionary from the values of all field lines; nil if they are none.
    public static func dictionary(from values: [String]) -> Self? {
        (try? StructuredField.parseDictionary(values)).map { Self(storage: .dictionary($0)) }
    }

    /// The canonical form; nil if the standard has none for a value.
    public var serialized: String? {
        switch storage {
        case .item(let item): try? StructuredField.serialize(item)
        case .list(let list): try? StructuredField.serialize(list)
        case .dictionary(let dictionary): try? StructuredField.serialize(dictionary)
        }
    }
}

/// The encodings by their names in the standard's spelling.
@_spi(Conformance) public enum EncodingNames {
    /// All of them, the replacement encoding and those of WhippetLegacyEncodings included.
    public static var all: [String] { Encoding.allCases.map(\.name) }
}
