// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension URL: Hashable {
    /// Implements [equals](https://url.spec.whatwg.org/#concept-url-equals): the serialisations are the same.
    public static func == (left: URL, right: URL) -> Bool {
        left.serialization == right.serialization
    }

    /// Hashes the serialisation.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(serialization)
    }
}

extension URL: LosslessStringConvertible {
    /// The serialisation.
    public var description: String { serialization }

    /// Parses a URL without a base, nil if the input is none; `parse` says the same by name.
    @_disfavoredOverload
    public init?(_ description: String) {
        guard let url = URL.parse(description) else { return nil }
        self = url
    }
}

extension URL: Codable {
    /// Decodes a URL from a string.
    ///
    /// - Throws: `DecodingError` if the string is no URL.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let input = try container.decode(String.self)
        do {
            self = try URL(input, base: nil)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
        }
    }

    /// Encodes the serialisation.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(serialization)
    }
}
