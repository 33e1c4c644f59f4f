// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Headers {
    /// What may be changed in a header list, and by whom.
    ///
    /// Source: [headers guard](https://fetch.spec.whatwg.org/#concept-headers-guard). A server's headers have `none`;
    /// the others are a browser's rules, for those who ask for them.
    @_spi(Conformance) public enum Guard: String, Sendable {
        case none
        case request
        case requestNoCORS = "request-no-cors"
        case response
        case immutable
    }

    /// Makes an empty list with a guard.
    @_spi(Conformance) public init(guard kind: Guard) {
        self.init()
        guardKind = kind
    }

    /// The guard of the list.
    @_spi(Conformance) public var `guard`: Guard {
        get { guardKind }
        set { guardKind = newValue }
    }

    // MARK: - The tables behind the guards

    /// Whether the pair is a [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header).
    func isForbiddenRequestHeader(_ name: String, _ value: String) -> Bool {
        let name = ASCII.lowercased(name)
        switch name {
        // 1. The names that the user agent alone may set.
        case "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
            "connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive",
            "origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via":
            return true
        // 3. A method override with a forbidden method.
        case "x-http-method", "x-http-method-override", "x-method-override":
            return HeaderSyntax.split(value).contains { RequestMethod.isForbidden($0) }
        // 2. The reserved prefixes.
        default:
            return name.hasPrefix("proxy-") || name.hasPrefix("sec-")
        }
    }

    /// Whether it is a [forbidden response-header name](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
    func isForbiddenResponseName(_ name: String) -> Bool {
        ASCII.equalsIgnoringCase(name, "set-cookie") || ASCII.equalsIgnoringCase(name, "set-cookie2")
    }

    /// Whether it is a
    /// [no-CORS-safelisted request-header name](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name).
    func isNoCORSSafelistedName(_ name: String) -> Bool {
        switch ASCII.lowercased(name) {
        case "accept", "accept-language", "content-language", "content-type": true
        default: false
        }
    }

    /// Whether it is a
    /// [privileged no-CORS request-header name](https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name).
    func isPrivilegedNoCORSName(_ name: String) -> Bool {
        ASCII.equalsIgnoringCase(name, "range")
    }

    /// Whether the pair is a
    /// [no-CORS-safelisted request-header](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header).
    func isNoCORSSafelisted(_ name: String, _ value: String) -> Bool {
        isNoCORSSafelistedName(name) && isCORSSafelisted(ASCII.lowercased(name), value)
    }

    /// Implements
    /// [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header) for the names
    /// that the no-CORS rule lets through.
    private func isCORSSafelisted(_ name: String, _ value: String) -> Bool {
        // 1. If value's length is greater than 128, then return false.
        guard value.unicodeScalars.count <= 128 else { return false }
        // 2. Byte-lowercase name and switch on the result:
        switch name {
        case "accept":
            return !value.utf8.contains(where: HeaderSyntax.isCORSUnsafe)
        case "accept-language", "content-language":
            return value.utf8.allSatisfy(HeaderSyntax.isLanguageByte)
        case "content-type":
            if value.utf8.contains(where: HeaderSyntax.isCORSUnsafe) { return false }
            switch MIMEType(value)?.essence {
            case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain": return true
            default: return false
            }
        default:
            return false
        }
    }

    /// Implements
    /// [remove privileged no-CORS request-headers](https://fetch.spec.whatwg.org/#concept-headers-remove-privileged-no-cors-request-headers).
    mutating func removePrivilegedNoCORSHeaders() {
        guard guardKind == .requestNoCORS, has(validated: "range") else { return }
        remove("range")
    }
}

extension HeaderSyntax {
    /// Whether it is a [CORS-unsafe request-header byte](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte).
    static func isCORSUnsafe(_ byte: UInt8) -> Bool {
        if byte < 0x20 { return byte != 0x09 }
        return switch byte {
        case 0x22, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x7F: true
        default: false
        }
    }

    /// Whether the byte may stand in a safelisted language header.
    static func isLanguageByte(_ byte: UInt8) -> Bool {
        if ASCII.isDigit(byte) || ASCII.lowercased(byte) &- 0x61 < 26 { return true }
        return switch byte {
        case 0x20, 0x2A, 0x2C, 0x2D, 0x2E, 0x3B, 0x3D: true
        default: false
        }
    }

    /// Implements [get, decode, and split](https://fetch.spec.whatwg.org/#header-value-get-decode-and-split) on a value.
    static func split(_ value: String) -> [String] {
        var values: [String] = []
        var current = String.UnicodeScalarView()
        var isQuoted = false
        var isEscaped = false
        for scalar in value.unicodeScalars {
            if isQuoted {
                if isEscaped {
                    isEscaped = false
                } else if scalar == "\\" {
                    isEscaped = true
                } else if scalar == "\"" {
                    isQuoted = false
                }
            } else if scalar == "\"" {
                isQuoted = true
            } else if scalar == "," {
                values.append(trimmed(current))
                current = String.UnicodeScalarView()
                continue
            }
            current.append(scalar)
        }
        values.append(trimmed(current))
        return values
    }

    /// Without tabs and spaces at the ends.
    private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" }
        guard let start = scalars.firstIndex(where: { !isBlank($0) }),
            let end = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(scalars[start...end])
    }
}
