// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What other standards ask of a [URL record](https://url.spec.whatwg.org/#concept-url).
extension URL {
    /// The [scheme](https://url.spec.whatwg.org/#concept-url-scheme), without a colon.
    package var scheme: String { text(0..<offsets.schemeEnd - 1) }

    /// Whether the URL [includes credentials](https://url.spec.whatwg.org/#include-credentials).
    package var includesCredentials: Bool { offsets.includesCredentials }

    /// Whether the URL has an [opaque path](https://url.spec.whatwg.org/#url-opaque-path).
    package var hasOpaquePath: Bool { offsets.hasOpaquePath }

    /// The [serialisation](https://url.spec.whatwg.org/#concept-url-serializer) without the fragment.
    package var hrefWithoutFragment: String {
        offsets.hasFragment ? text(0..<offsets.fragmentStart) : serialization
    }
}
