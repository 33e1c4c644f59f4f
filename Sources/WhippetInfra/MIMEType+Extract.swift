// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension MIMEType {
    /// Implements [extract a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type) from the values
    /// of all `Content-Type` fields, in their order; nil for failure.
    package static func extract(from values: [String]) -> MIMEType? {
        // 1–3.
        var charset: String?
        var essence: String?
        var mimeType: MIMEType?
        // 4–6.
        for value in getDecodeAndSplit(values.joined(separator: ", ")) {
            // 6.1–6.2.
            guard var temporary = MIMEType(value), temporary.essence != "*/*" else { continue }
            if temporary.essence != essence {
                // 6.4.
                charset = temporary["charset"]
                essence = temporary.essence
            } else if temporary["charset"] == nil, let charset {
                // 6.5.
                temporary["charset"] = charset
            }
            // 6.3.
            mimeType = temporary
        }
        // 7–8.
        return mimeType
    }

    /// Implements [get, decode, and split](https://fetch.spec.whatwg.org/#header-value-get-decode-and-split) of one value.
    static func getDecodeAndSplit(_ input: String) -> [String] {
        // Fast path: nothing to split ("a single value is extracted as it is parsed").
        guard input.utf8.contains(0x2C) else { return [input] }
        var values: [String] = []
        var temporaryValue = Substring.UnicodeScalarView()
        var isQuoted = false
        var isEscaped = false
        // 4.3–4.4.
        func append() {
            let start = temporaryValue.drop { $0 == "\t" || $0 == " " }
            let end = start.lastIndex { $0 != "\t" && $0 != " " }
            values.append(String(Substring(end.map { start[...$0] } ?? start)))
            temporaryValue = Substring.UnicodeScalarView()
        }
        for scalar in input.unicodeScalars {
            if isQuoted {
                // 4.2. A quoted string, as it is written.
                if isEscaped {
                    isEscaped = false
                } else if scalar == "\\" {
                    isEscaped = true
                } else if scalar == "\"" {
                    isQuoted = false
                }
                temporaryValue.append(scalar)
            } else if scalar == "," {
                append()
            } else {
                isQuoted = scalar == "\""
                temporaryValue.append(scalar)
            }
        }
        append()
        return values
    }
}
