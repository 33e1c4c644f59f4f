// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Headers {
    /// The type that the Content-Type headers say, nil if none is valid.
    ///
    /// Implements [extract a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type).
    var mimeType: MIMEType? {
        // 1–3. Let charset, essence and mimeType be null.
        var charset: String?
        var essence: String?
        var mimeType: MIMEType?
        // 4–5. Let values be the result of getting, decoding, and splitting `Content-Type`.
        guard let combined = combinedValue(of: "content-type") else { return nil }
        // 6. For each value of values:
        for value in HeaderSyntax.split(combined) {
            // 6.1–6.2. Parse it; skip failures and "*/*".
            guard var parsed = MIMEType(value), parsed.essence != "*/*" else { continue }
            if parsed.essence != essence {
                // 6.4. Another essence forgets the charset before it.
                charset = parsed["charset"]
                essence = parsed.essence
            } else if parsed["charset"] == nil, let charset {
                // 6.5. The same essence keeps it.
                parsed.parameters.append(MIMEType.Parameter(name: "charset", value: charset))
            }
            // 6.3. Set mimeType to temporaryMimeType.
            mimeType = parsed
        }
        // 7–8.
        return mimeType
    }
}
