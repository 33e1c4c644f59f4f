// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The grammar of `host[:port]`.
///
/// Source: [RFC 3986 §3.2](https://www.rfc-editor.org/rfc/rfc3986#section-3.2), without user information, which an
/// `http` URL must not carry ([RFC 9110 §4.2.4](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.4)), and without
/// `IPvFuture` addresses, which have no future.
enum Authority {
    /// Whether these bytes are a host and maybe a port.
    ///
    /// An empty host is refused: no `http` URL has one.
    ///
    /// - Parameter needsPort: Whether the port must be there, as in the target of `CONNECT`.
    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>, needsPort: Bool = false) -> Bool {
        guard let first = bytes.first else { return false }
        let hostEnd: Int
        if first == 0x5B {
            guard let close = bytes.firstIndex(of: 0x5D),
                isIPv6Address(UnsafeBufferPointer(rebasing: bytes[1..<close]))
            else { return false }
            hostEnd = close + 1
        } else {
            hostEnd = registeredNameEnd(bytes)
            if hostEnd == 0 { return false }
        }
        if hostEnd == bytes.count { return !needsPort }
        guard bytes[hostEnd] == 0x3A else { return false }
        return isPort(UnsafeBufferPointer(rebasing: bytes[(hostEnd + 1)...]), mayBeEmpty: !needsPort)
    }

    /// The length of the registered name or IPv4 address that the bytes begin with.
    private static func registeredNameEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var index = 0
        while index < bytes.count {
            if ByteSet.registeredName.contains(base[index]) {
                index &+= 1
            } else if bytes[index] == 0x25, bytes.count - index > 2, ASCII.hexValue(bytes[index + 1]) != nil,
                ASCII.hexValue(bytes[index + 2]) != nil
            {
                index += 3
            } else {
                break
            }
        }
        return index
    }

    /// Whether these bytes are a port: decimal digits, at most 65535.
    private static func isPort(_ bytes: UnsafeBufferPointer<UInt8>, mayBeEmpty: Bool) -> Bool {
        var port = 0
        for byte in bytes {
            let digit = byte &- 0x30
            port = port &* 10 &+ Int(digit)
            guard digit < 10, port <= 65_535 else { return false }
        }
        return mayBeEmpty || !bytes.isEmpty
    }

    /// Whether these bytes are an IPv6 address, the brackets taken off.
    ///
    /// Source: [RFC 3986 §3.2.2](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2), `IPv6address`.
    private static func isIPv6Address(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var groups = 0
        var hasGap = false
        var index = 0
        if bytes.count >= 2, bytes[0] == 0x3A {
            guard bytes[1] == 0x3A else { return false }
            hasGap = true
            index = 2
        }
        // Here a group must begin, unless the address ends with the gap.
        while index < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[index...])
            let digits = rest.prefix(5).prefix { ASCII.hexValue($0) != nil }.count
            if digits < rest.count, rest[digits] == 0x2E {
                return isIPv4Address(rest) && (hasGap ? groups + 2 < 8 : groups + 2 == 8)
            }
            guard digits >= 1, digits <= 4, groups < 8 else { return false }
            groups += 1
            index += digits
            if index == bytes.count { break }
            guard bytes[index] == 0x3A, index + 1 < bytes.count else { return false }
            index += 1
            if bytes[index] == 0x3A {
                if hasGap { return false }
                hasGap = true
                index += 1
            }
        }
        return hasGap ? groups < 8 : groups == 8
    }

    /// Whether these bytes are four decimal numbers up to 255 with points between them, without leading zeros.
    private static func isIPv4Address(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= 15 else { return false }
        let parts = bytes.split(separator: 0x2E, omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard (1...3).contains(part.count), part.allSatisfy(ASCII.isDigit) else { return false }
                let value = part.reduce(0) { $0 * 10 + Int($1 - 0x30) }
                return value <= 255 && (part.count == 1 || part.first != 0x30)
            }
    }
}
