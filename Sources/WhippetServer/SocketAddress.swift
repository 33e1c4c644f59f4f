// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// One end of a connection, as text and number.
struct SocketAddress {
    /// The numeric host, such as `127.0.0.1` or `::1`; empty for a Unix socket.
    var host: String
    /// The port; 0 for a Unix socket.
    var port: Int

    /// The address that a socket is bound to.
    static func local(of descriptor: Int32) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return result == 0 ? SocketAddress(storage) : nil
    }

    /// Reads what the system filled in.
    init(_ storage: sockaddr_storage) {
        var storage = storage
        host = ""
        port = 0
        let family = Int32(storage.ss_family)
        withUnsafePointer(to: &storage) { pointer in
            if family == AF_INET {
                pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    var address = $0.pointee.sin_addr
                    host = Self.text(AF_INET, &address)
                    port = Int(UInt16(bigEndian: $0.pointee.sin_port))
                }
            } else if family == AF_INET6 {
                pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    var address = $0.pointee.sin6_addr
                    host = Self.text(AF_INET6, &address)
                    port = Int(UInt16(bigEndian: $0.pointee.sin6_port))
                }
            }
        }
    }

    private static func text(_ family: Int32, _ address: UnsafeRawPointer) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let base = buffer.baseAddress, inet_ntop(family, address, base, 64) != nil else { return "" }
            return String(cString: base)
        }
    }
}
