// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetURL

// Who asks: by the connection, and by what proxies say where the setting `trust proxy` believes them.
extension ExpressRequest {
    /// The address of the connection's other end; a call in process comes from this machine.
    private var socketAddress: String { request.client?.remoteAddress ?? "127.0.0.1" }

    private var trust: ProxyTrust { installation.settings.trustProxy }

    /// The addresses from the nearest to the farthest that are believed: the socket's, then those of
    /// `X-Forwarded-For`, last first, up to the first that is no trusted proxy.
    private var addresses: [String] {
        var addresses = [socketAddress]
        guard let forwarded = request.headers["x-forwarded-for"] else { return addresses }
        for (hop, entry) in forwarded.split(separator: ",").reversed().enumerated() {
            guard trust.trusts(addresses[hop], hop: hop) else { break }
            addresses.append(String(entry.filter { $0 != " " && $0 != "\t" }))
        }
        return addresses
    }

    /// The address of the client.
    public var ip: String { addresses.last ?? socketAddress }

    /// The addresses of the client and the proxies between it and the nearest one, the client's first; empty without
    /// trusted proxies.
    public var ips: [String] { addresses.dropFirst().reversed() }

    /// `http` or `https`.
    public var `protocol`: String {
        let own = request.client?.scheme ?? (request.url.protocol == "https:" ? "https" : "http")
        guard trust.trusts(socketAddress, hop: 0) else { return own }
        return Self.firstEntry(request.headers["x-forwarded-proto"]) ?? own
    }

    /// Whether the client came over TLS.
    public var secure: Bool { self.protocol == "https" }

    /// The host that was asked for, with its port.
    public var host: String? {
        if trust.trusts(socketAddress, hop: 0), let forwarded = Self.firstEntry(request.headers["x-forwarded-host"]) {
            return forwarded
        }
        return request.headers["host"] ?? request.url.host
    }

    /// The host that was asked for, without its port.
    public var hostname: String? {
        guard let host else { return nil }
        if host.first == "[", let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return String(host.prefix { $0 != ":" })
    }

    /// The names in front of the domain, from the right: `["ferrets", "tobi"]` for `tobi.ferrets.example.com`.
    ///
    /// The setting `subdomain offset` says how many names the domain has, 2 by default.
    public var subdomains: [String] {
        guard let hostname else { return [] }
        let isAddress = hostname.first == "[" || hostname.allSatisfy { $0.isNumber || $0 == "." }
        let names = isAddress ? [hostname] : hostname.split(separator: ".").reversed().map(String.init)
        return Array(names.dropFirst(max(0, installation.settings.subdomainOffset)))
    }

    private static func firstEntry(_ field: String?) -> String? {
        guard let first = field?.split(separator: ",", omittingEmptySubsequences: false).first else { return nil }
        let text = first.filter { $0 != " " && $0 != "\t" }
        return text.isEmpty ? nil : String(text)
    }
}

/// Which proxies are believed: the value of `trust proxy`.
enum ProxyTrust: Sendable {
    case nobody
    case everybody
    /// So many of the nearest.
    case hops(Int)
    case addresses(TrustedProxies)
    case function(@Sendable (_ address: String, _ hop: Int) -> Bool)

    func trusts(_ address: String, hop: Int) -> Bool {
        switch self {
        case .nobody: false
        case .everybody: true
        case .hops(let count): hop < count
        case .addresses(let proxies): proxies.contains(address)
        case .function(let function): function(address, hop)
        }
    }

    /// Reads `loopback, 10.0.0.0/8` and the like; what is none of these trusts nobody.
    init(_ names: [String]) {
        var blocks: [String] = []
        for name in names.flatMap({ $0.split(separator: ",") }) {
            switch String(name.filter { $0 != " " }) {
            case "loopback": blocks += ["127.0.0.0/8", "::1", "unix"]
            case "linklocal": blocks += ["169.254.0.0/16", "fe80::/10"]
            case "uniquelocal": blocks += ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]
            case let block: blocks.append(Self.withPrefixLength(block))
            }
        }
        self = .addresses(TrustedProxies(blocks))
    }

    /// `10.0.0.0/255.0.0.0` as `10.0.0.0/8`; any other text as it is.
    private static func withPrefixLength(_ block: String) -> String {
        let parts = block.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return block }
        let octets = parts[1].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard octets.count == 4 else { return block }
        var mask: UInt32 = 0
        for octet in octets {
            guard let octet else { return block }
            mask = mask << 8 | UInt32(octet)
        }
        // What is no row of ones is no mask.
        guard mask.nonzeroBitCount == (~mask).leadingZeroBitCount else { return block }
        return "\(parts[0])/\(mask.nonzeroBitCount)"
    }
}
