// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
public import WhippetInfra

/// Tells the client how long something took, for the tools of its browser.
///
/// ```swift
/// let app = H3()
/// app.get("/") { event in
///     try setServerTiming(event, "db", duration: 53, description: "the big query")
///     return "done"
/// }
/// ```
/// - Parameters:
///   - event: The event that is answered.
///   - name: What took its time, a token.
///   - duration: How long, in milliseconds; nil for a mark alone.
///   - description: What a person reads.
/// - Throws: `TypeError` for a name that is no token, or a description that can't be written.
/// Source: [Server-Timing](https://www.w3.org/TR/server-timing/).
public func setServerTiming(
    _ event: H3Event, _ name: String, duration: Double? = nil, description: String? = nil
) throws(TypeError) {
    guard ASCII.isToken(name) else {
        throw TypeError("setServerTiming: \"\(name)\" is no token")
    }
    var metric = name
    if let description {
        guard description.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else {
            throw TypeError("setServerTiming: \"\(description)\" can't be written in a header")
        }
        var text = ""
        for character in description {
            if character == "\"" || character == "\\" { text.append("\\") }
            text.append(character)
        }
        metric += ";desc=\"\(text)\""
    }
    if let duration, duration.isFinite {
        let number = Int(exactly: duration).map { "\($0)" } ?? "\(duration)"
        metric += ";dur=\(number)"
    }
    event.res.headers.append(Headers.Name("server-timing"), metric)
}
