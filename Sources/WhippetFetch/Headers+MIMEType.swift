// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Headers {
    /// The type that the Content-Type headers say, nil if none is valid.
    ///
    /// Implements [extract a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type).
    var mimeType: MIMEType? {
        MIMEType.extract(from: values(of: "content-type"))
    }
}
