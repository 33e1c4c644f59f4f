// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The proxies whose word about a client is taken: what `X-Forwarded-For`, `-Proto` and `-Host` say counts only if the
/// connection comes from one of them.
///
/// ```swift
/// var configuration = ServerConfiguration()
/// configuration.trustedProxies = .loopback
/// configuration.trustedProxies = ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"]
/// ```
public struct TrustedProxies: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// A block of addresses of one family.
    struct Block: Sendable, Hashable {
        var address: [UInt8]
        var prefixLength: Int

        func contains(_ other: [UInt8]) -> Bool {
            guard other.count == address.count else { return false }
            let whole = prefixLength / 8
            guard address.prefix(whole) == other.prefix(whole) else { return false }
            let rest = prefixLength % 8
            guard rest > 0, whole < address.count else { return true }
            return (address[whole] ^ other[whole]) >> UInt8(8 - rest) == 0
        }
    }

    private var blocks: [Block] = []
    /// What could not be read, for the error at start.
    package private(set) var invalid: [String] = []
    private var trustsUnixSockets = false

    /// Nobody: what headers say of the client is ignored.
    public static let none = TrustedProxies([])
    /// Whoever connects from this machine.
    public static let loopback: TrustedProxies = ["127.0.0.0/8", "::1", "unix"]
    /// This machine and the networks that are not routed on the Internet.
    public static let privateNetworks: TrustedProxies = [
        "127.0.0.0/8", "::1", "unix", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7",
    ]

    /// Reads addresses and blocks, such as `192.0.2.7`, `10.0.0.0/8` and `2001:db8::/32`; `unix` is whoever connects
    /// through a Unix socket.
    ///
    /// What is none of these is an error when the server starts.
    public init(_ blocks: [String]) {
        for text in blocks {
            if text == "unix" {
                trustsUnixSockets = true
            } else if let block = Self.parse(text) {
                self.blocks.append(block)
            } else {
                invalid.append(text)
            }
        }
    }

    /// Reads addresses and blocks.
    public init(arrayLiteral blocks: String...) {
        self.init(blocks)
    }

    /// Whether nobody is trusted.
    package var isEmpty: Bool { blocks.isEmpty && !trustsUnixSockets }

    /// Whether an address is one of theirs; the empty one stands for a Unix socket.
    package func contains(_ address: String) -> Bool {
        if address.isEmpty { return trustsUnixSockets }
        guard let bytes = Self.addressBytes(address) else { return false }
        return blocks.contains { $0.contains(bytes) }
    }

    private static func parse(_ text: String) -> Block? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let address = addressBytes(String(first)) else { return nil }
        guard parts.count == 2 else { return Block(address: address, prefixLength: address.count * 8) }
        guard let length = Int(parts[1]), 0...(address.count * 8) ~= length else { return nil }
        return Block(address: address, prefixLength: length)
    }

    /// The bytes of an address: 4 or 16, and 4 for an IPv4 address in the form of IPv6.
    private static func addressBytes(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if bytes.withUnsafeMutableBytes({ inet_pton(AF_INET, text, $0.baseAddress) }) == 1 { return Array(bytes[..<4]) }
        guard bytes.withUnsafeMutableBytes({ inet_pton(AF_INET6, text, $0.baseAddress) }) == 1 else { return nil }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes[12...]) : bytes
    }
}
