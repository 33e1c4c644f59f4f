// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem
internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// An address that a socket can connect to, as the system wants it.
package struct RemoteAddress: Sendable {
    private let storage: sockaddr_storage
    private let length: socklen_t

    /// The address's family: IPv4, IPv6 or Unix.
    var family: Int32 { Int32(storage.ss_family) }

    private init(_ address: UnsafePointer<sockaddr>, _ length: socklen_t) {
        var storage = sockaddr_storage()
        let count = min(Int(length), MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: count))
        }
        self.storage = storage
        self.length = socklen_t(count)
    }

    func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// The addresses that a name stands for, in the order in which they should be tried; a numeric host is not looked
    /// up.
    ///
    /// - Throws: `ConnectError` when the name is unknown or the path too long.
    package static func resolve(_ address: ListenAddress) async throws -> [RemoteAddress] {
        switch address {
        case .unix(let path): return [try unix(path)]
        case .tcp(let host, let port):
            if let numeric = try? lookUp(host, port, flags: AI_NUMERICHOST) { return numeric }
            return try await ThreadPool.shared.run { try lookUp(host, port, flags: 0) }
        }
    }

    private static func lookUp(_ host: String, _ port: Int, flags: Int32) throws(ConnectError) -> [RemoteAddress] {
        var hints = addrinfo()
        #if os(Linux)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        hints.ai_flags = flags | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, "\(port)", &hints, &found)
        guard status == 0, let found else { throw ConnectError(String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(found) }
        var addresses: [RemoteAddress] = []
        var next: UnsafeMutablePointer<addrinfo>? = found
        while let entry = next {
            if let address = entry.pointee.ai_addr {
                addresses.append(RemoteAddress(address, entry.pointee.ai_addrlen))
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }

    private static func unix(_ path: String) throws(ConnectError) -> RemoteAddress {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < capacity, !bytes.contains(0) else {
            throw ConnectError("a socket's path has 1 to \(capacity - 1) bytes")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                RemoteAddress($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
