// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// Reads and writes MIME types.
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
}
