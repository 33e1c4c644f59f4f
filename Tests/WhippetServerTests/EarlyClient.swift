// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A client that tries to connect to a port of the loopback interface until it is let in.
enum EarlyClient {
    /// The start of the answer, or what happened instead.
    static func ask(port: Int) -> String {
        for _ in 0..<200_000 {
            let descriptor = socket(AF_INET, streamSocketType, 0)
            defer { close(descriptor) }
            guard isLetIn(descriptor, port) else { continue }
            let request = "GET / HTTP/1.1\r\nHost: early\r\nConnection: close\r\n\r\n"
            guard send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL)) > 0 else {
                return "can't send: \(errno)"
            }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : "no answer: \(errno)"
        }
        return "never let in"
    }

    private static var streamSocketType: Int32 {
        #if os(Linux)
        Int32(SOCK_STREAM.rawValue)
        #else
        SOCK_STREAM
        #endif
    }

    private static func isLetIn(_ descriptor: Int32, _ port: Int) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
