// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet
import WhippetTesting

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A server that answers with whatever bytes a test gives it, one connection after another: to see how a client takes
/// them.
final class FakeServer: Sendable {
    private let listener: Int32
    /// Where it listens.
    let address: ListenAddress
    private let receivedHeads = Notes()

    /// Listens on a port of its own; each connection is read up to the end of a head, once for each of its answers,
    /// which are then sent, and is closed after the last.
    init(_ connections: [[String]]) throws {
        let place = try DeafSocket()
        address = place.address
        listener = dup(place.descriptor)
        guard listen(listener, 16) == 0, Thread.start({ [self] in serve(connections) }) else { throw Failure() }
    }

    /// The heads that were received, in order.
    var heads: [String] { receivedHeads.lines }

    private func serve(_ connections: [[String]]) {
        for answers in connections {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { break }
            for answer in answers {
                var received: [UInt8] = []
                var byte: UInt8 = 0
                while !received.suffix(4).elementsEqual("\r\n\r\n".utf8), read(connection, &byte, 1) == 1 {
                    received.append(byte)
                }
                receivedHeads.add(String(decoding: received, as: UTF8.self))
                let bytes = Array(answer.utf8)
                _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            }
            // An orderly end: a reset could overtake the answer.
            shutdown(connection, Int32(SHUT_WR))
            var rest: UInt8 = 0
            while read(connection, &rest, 1) == 1 {}
            close(connection)
        }
        close(listener)
    }
}

/// A port that is taken, and on which nobody listens.
final class DeafSocket: Sendable {
    let descriptor: Int32
    let address: ListenAddress

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let result = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
                bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
            }
        }
        guard result == 0 else { throw Failure() }
        address = .tcp(host: "127.0.0.1", port: Int(UInt16(bigEndian: name.sin_port)))
    }

    deinit {
        close(descriptor)
    }
}
