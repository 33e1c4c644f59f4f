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

/// Listening sockets: made, bound and proved free before any loop runs.
struct ListenSocket {
    let descriptor: Int32
    let address: ListenAddress

    /// Opens the sockets of an address: `copies` of each on TCP, one for each loop, and a single one on a Unix path.
    ///
    /// SO_REUSEPORT lets another process of the same user share a port without a word. So a plain socket is bound first:
    /// that fails when anybody else listens there. It does not listen, as it would reset clients when it closes.
    static func open(_ address: ListenAddress, copies: Int) throws(ListenError) -> [[ListenSocket]] {
        switch address {
        case .unix(let path):
            return [[try openUnix(path)]]
        case .tcp("localhost", let port):
            var result = [try openTCP(host: "127.0.0.1", port: port, copies: copies)]
            guard case .tcp(_, let chosen)? = result.first?.first?.address else { return result }
            // A machine without IPv6 has no ::1 to listen on.
            if hasIPv6 { result.append(try openTCP(host: "::1", port: chosen, copies: copies)) }
            return result
        case .tcp(let host, let port):
            return [try openTCP(host: host, port: port, copies: copies)]
        }
    }

    /// Changes how many connections may wait to be accepted.
    func setBacklog(_ count: Int) {
        _ = listen(descriptor, Int32(clamping: max(1, count)))
    }

    private static var hasIPv6: Bool {
        guard let probe = try? openSocket(host: "::1", port: 0, shared: false) else { return false }
        systemClose(probe.descriptor)
        return true
    }

    private static func openTCP(host: String, port: Int, copies: Int) throws(ListenError) -> [ListenSocket] {
        // A plain socket is all that one loop needs.
        if copies <= 1 { return [try openSocket(host: host, port: port, shared: false)] }
        // A port that the system chooses is nobody else's, and must not become so between a probe and the real thing.
        let first = try openSocket(host: host, port: port, shared: port == 0, listens: port == 0)
        guard case .tcp(_, let chosen) = first.address else { return [] }
        var sockets: [ListenSocket] = []
        if port == 0 { sockets.append(first) } else { systemClose(first.descriptor) }
        for _ in sockets.count..<copies {
            do {
                sockets.append(try openSocket(host: host, port: chosen, shared: true))
            } catch {
                for socket in sockets { systemClose(socket.descriptor) }
                throw error
            }
        }
        return sockets
    }

    private static func openSocket(
        host: String, port: Int, shared: Bool, listens: Bool = true
    ) throws(ListenError) -> ListenSocket {
        var hints = addrinfo()
        hints.ai_socktype = streamSocketType
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, "\(port)", &hints, &found)
        guard status == 0, let found else {
            throw ListenError("Can't listen on \(host): \(String(cString: gai_strerror(status))).")
        }
        defer { freeaddrinfo(found) }
        let descriptor = whippet_stream_socket(found.pointee.ai_family)
        guard descriptor >= 0 else { throw failure(.tcp(host: host, port: port)) }
        setOption(descriptor, SO_REUSEADDR)
        if shared { setOption(descriptor, SO_REUSEPORT) }
        if found.pointee.ai_family == AF_INET6 {
            var one: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &one, socklen_t(MemoryLayout<Int32>.size))
        }
        guard bind(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0,
            !listens || listen(descriptor, SOMAXCONN) == 0
        else {
            let error = failure(.tcp(host: host, port: port))
            systemClose(descriptor)
            throw error
        }
        return ListenSocket(descriptor: descriptor, address: .tcp(host: host, port: boundPort(descriptor) ?? port))
    }

    private static func openUnix(_ path: String) throws(ListenError) -> ListenSocket {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < capacity, !bytes.contains(0) else {
            throw ListenError("Can't listen on unix:\(path): a socket's path has 1 to \(capacity - 1) bytes.")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = whippet_stream_socket(AF_UNIX)
        guard descriptor >= 0 else { throw failure(.unix(path: path)) }
        var result = withSocketAddress(&address) { bind(descriptor, $0, $1) }
        if result != 0, errno == EADDRINUSE, isAbandoned(&address) {
            unlink(path)
            result = withSocketAddress(&address) { bind(descriptor, $0, $1) }
        }
        guard result == 0, listen(descriptor, SOMAXCONN) == 0 else {
            let error = failure(.unix(path: path))
            systemClose(descriptor)
            throw error
        }
        return ListenSocket(descriptor: descriptor, address: .unix(path: path))
    }

    /// Whether a socket file is left over from a process that is gone.
    private static func isAbandoned(_ address: inout sockaddr_un) -> Bool {
        let probe = whippet_stream_socket(AF_UNIX)
        guard probe >= 0 else { return false }
        defer { systemClose(probe) }
        return withSocketAddress(&address) { connect(probe, $0, $1) } != 0 && errno == ECONNREFUSED
    }

    private static func withSocketAddress(
        _ address: inout sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func failure(_ address: ListenAddress) -> ListenError {
        let reason = String(cString: strerror(errno))
        let advice = errno == EADDRINUSE ? " Another process listens there; stop it or set PORT." : ""
        return ListenError("Can't listen on \(address): \(reason).\(advice)")
    }

    private static func boundPort(_ descriptor: Int32) -> Int? {
        SocketAddress.local(of: descriptor)?.port
    }

    private static func setOption(_ descriptor: Int32, _ option: Int32) {
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, option, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    private static var streamSocketType: Int32 {
        #if os(Linux)
        Int32(SOCK_STREAM.rawValue)
        #else
        SOCK_STREAM
        #endif
    }
}
