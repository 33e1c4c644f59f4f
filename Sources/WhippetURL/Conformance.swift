// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// The [`application/x-www-form-urlencoded`](https://url.spec.whatwg.org/#application/x-www-form-urlencoded) format.
@_spi(Conformance) public enum URLEncodedForms {
    /// Reads names and values.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> [(name: String, value: String)] {
        FormURLEncoded.parse(bytes.span)
    }

    /// Writes names and values.
    public static func serialize(_ pairs: [(name: String, value: String)]) -> [UInt8] {
        FormURLEncoded.serialize(pairs)
    }
}

extension URL {
    /// The URL of a request that a server received over `http`; nil if it is none.
    @_spi(Conformance) public init?(authority: UnsafeBufferPointer<UInt8>, target: UnsafeBufferPointer<UInt8>) {
        self.init(isSecure: false, authority: authority, target: target)
    }

    /// The same by way of an origin that is kept; nil where there is no such way.
    @_spi(Conformance) public init?(
        keptAuthority authority: UnsafeBufferPointer<UInt8>, target: UnsafeBufferPointer<UInt8>
    ) {
        let origin = RequestOrigin(isSecure: false, authority: authority)
        guard let url = origin?.url(authority: authority, target: target) else { return nil }
        self = url
    }
}

/// The [data: URL processor](https://fetch.spec.whatwg.org/#data-url-processor).
@_spi(Conformance) public enum DataURLs {
    /// The type and the content; nil if the URL is no `data:` URL or holds none.
    public static func content(of url: URL) -> (mimeType: String, body: [UInt8])? {
        DataURL(url).map { ($0.mimeType.serialized, $0.body) }
    }
}
