// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension SetCookie {
    /// Reads the value of a `Set-Cookie` header as a browser does; nil where it would ignore the header.
    ///
    /// The value is percent-decoded, unless that is not possible. Attributes that are unknown or wrong are left out, as
    /// the standard says; whether a prefix has what it asks for is not looked at.
    ///
    /// Implements [parsing a Set-Cookie](
    /// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6).
    public init?(parsing header: String) {
        let parsed = header.withBytes { SetCookie.parse($0) }
        guard let parsed else { return nil }
        self = parsed
    }

    private static func parse(_ header: UnsafeBufferPointer<UInt8>) -> SetCookie? {
        // 1. A control character, other than a tab, ends it all.
        for byte in header where byte < 0x20 && byte != 0x09 || byte == 0x7F { return nil }
        // 2–3. What stands before the first ";" is the name and the value.
        var parts = header.split(separator: 0x3B, omittingEmptySubsequences: false)[...]
        guard let pair = parts.popFirst() else { return nil }
        // 4–5. Without "=" it is all value.
        let equals = pair.firstIndex(of: 0x3D)
        let name = trimmed(equals.map { pair[..<$0] } ?? pair.prefix(0))
        let value = trimmed(equals.map { pair[($0 + 1)...] } ?? pair)
        // 6. An empty one, or one that is too long, is ignored.
        guard !(name.isEmpty && value.isEmpty), name.count + value.count <= CookieText.pairLimit else { return nil }
        var cookie = SetCookie(
            String(decoding: name, as: UTF8.self),
            CookieText.decode(value) ?? String(decoding: value, as: UTF8.self), path: nil)
        // 7. The attributes, the last of a name counts.
        for part in parts {
            let equals = part.firstIndex(of: 0x3D)
            let name = trimmed(equals.map { part[..<$0] } ?? part)
            let value = trimmed(equals.map { part[($0 + 1)...] } ?? part.suffix(0))
            guard value.count <= CookieText.attributeLimit else { continue }
            cookie.set(
                ASCII.lowercased(String(decoding: name, as: UTF8.self)), String(decoding: value, as: UTF8.self))
        }
        return cookie
    }

    private mutating func set(_ attribute: String, _ value: String) {
        switch attribute {
        case "expires":
            if let seconds = CookieDate.parse(value) { expires = seconds * 1000 }
        case "max-age":
            if let seconds = Self.seconds(value) { maxAge = .seconds(seconds) }
        case "domain":
            // One dot in front is dropped by the standard; with more it is no host's name, which matches nowhere.
            let domain = value.hasPrefix(".") ? String(value.dropFirst()) : value
            self.domain = domain.isEmpty || domain.hasPrefix(".") ? nil : ASCII.lowercased(domain)
        case "path": path = value.hasPrefix("/") ? value : nil
        case "secure": secure = true
        case "httponly": httpOnly = true
        case "samesite":
            sameSite = [SameSite.strict, .lax, .none].first { ASCII.equalsIgnoringCase($0.rawValue, value) }
        case "partitioned": partitioned = true
        case "priority":
            priority = [Priority.low, .medium, .high].first { ASCII.equalsIgnoringCase($0.rawValue, value) }
        default: break
        }
    }

    /// A number of seconds, which may be negative; one beyond the range of `Int` is the largest or smallest.
    private static func seconds(_ value: String) -> Int? {
        let isNegative = value.hasPrefix("-")
        let digits = value.utf8.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy({ ASCII.isDigit($0) }) else { return nil }
        // As `Duration` has room for.
        let limit = 1 << 53
        let seconds = Int(String(decoding: digits, as: UTF8.self)).map { min($0, limit) } ?? limit
        return isNegative ? -seconds : seconds
    }

    private static func trimmed(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        let start = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        guard let end = start.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return start.prefix(0) }
        return start[...end]
    }
}
