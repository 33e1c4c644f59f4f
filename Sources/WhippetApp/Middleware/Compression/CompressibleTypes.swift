// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The media types that compress well.
enum CompressibleTypes {
    /// Whether content of a type, given by its essence in lower case, is worth the work.
    static func contains(_ essence: String) -> Bool {
        if essence.hasPrefix("text/") { return true }
        if essence.hasSuffix("+json") || essence.hasSuffix("+xml") || essence.hasSuffix("+text") { return true }
        return others.contains(essence)
    }

    private static let others: Set<String> = [
        "application/ecmascript", "application/graphql", "application/javascript", "application/json",
        "application/jsonl", "application/ndjson", "application/postscript", "application/rtf", "application/sql",
        "application/toml", "application/vnd.ms-fontobject", "application/wasm", "application/x-javascript",
        "application/x-ndjson", "application/x-sh", "application/x-tar", "application/x-www-form-urlencoded",
        "application/xml", "application/xml-dtd", "application/yaml", "font/otf", "font/ttf", "image/bmp",
        "image/vnd.microsoft.icon", "image/x-icon", "message/rfc822", "model/gltf-binary",
    ]
}
