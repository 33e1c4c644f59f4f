// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetJSON
internal import WhippetURL

/// Reads bodies by their Content-Type, as Next's body parser does.
enum NextApiBody {
    /// - Throws: `HTTPError` 400 for a charset that nobody knows, and for JSON that is none.
    static func parse(_ bytes: [UInt8], _ field: String?) throws -> JSON {
        guard let field else { return JSON(UTF8Decoding.decode(bytes.span)) }
        let (essence, charset) = read(field)
        switch essence {
        case "application/json", "application/ld+json":
            if bytes.isEmpty { return .object([:]) }
            do {
                return try charset == nil ? JSON.parse(bytes) : JSON.parse(Array(text(bytes, charset).utf8))
            } catch let error as HTTPError {
                throw error
            } catch {
                throw HTTPError(.badRequest, "Invalid JSON")
            }
        case "application/x-www-form-urlencoded":
            return JSON(URLSearchParams(try text(bytes, charset)).object)
        default:
            return JSON(try text(bytes, charset))
        }
    }

    private static func text(_ bytes: [UInt8], _ charset: String?) throws -> String {
        guard let charset else { return UTF8Decoding.decode(bytes.span) }
        do {
            return try TextDecoder(charset).decode(bytes)
        } catch {
            throw HTTPError(.badRequest, "Invalid body")
        }
    }

    /// Type and charset in lower case, nil for UTF-8; a field that is not well-formed is plain text.
    private static func read(_ field: String) -> (essence: String, charset: String?) {
        let parts = field.split(separator: ";", omittingEmptySubsequences: false).map { part in
            ASCII.lowercased(String(part)).filter { $0 != " " && $0 != "\t" && $0 != "\"" }
        }
        guard let essence = parts.first, essence.split(separator: "/").count == 2,
            parts.dropFirst().allSatisfy({ $0.contains("=") })
        else { return ("text/plain", nil) }
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst("charset=".count)
        return (essence, charset.flatMap { $0 == "utf-8" || $0 == "utf8" ? nil : String($0) })
    }
}
