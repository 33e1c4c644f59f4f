// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetInfra
package import WhippetServer

/// An HTTP/1.1 client: sends requests over kept connections, streams bodies both ways, and follows no redirects.
///
/// All clients of the process share one event loop, which starts with the first of them. A request's body and the
/// answer's travel at the same time; neither is read faster than the other side takes it.
package final class HTTPClient: Sendable {
    private let pool: ClientPool

    /// The loop of all clients; nil when the system has no descriptors or threads to give.
    package static let loop: EventLoop? = {
        guard let loop = EventLoop(), loop.start(ended: {}) else { return nil }
        return loop
    }()

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - silenceLimit: How long a server may be silent while it is waited for.
    ///   - idleLimit: How long a connection is kept without a request.
    /// - Throws: `ClientError` when the system has no descriptors or threads to give.
    package init(silenceLimit: Duration = .seconds(30), idleLimit: Duration = .seconds(4)) throws {
        guard let loop = Self.loop else {
            throw ClientError(.cannotConnect, "The client's event loop can't start: the system has nothing to give.")
        }
        pool = ClientPool(loop: loop, silenceLimit: silenceLimit, idleLimit: idleLimit)
    }

    deinit {
        close()
    }

    /// Sends a request and returns the answer as soon as its head is there.
    ///
    /// The body arrives as it is read. Cancelling the task, or aborting the request's signal, closes the connection; so
    /// does letting go of a body that was not read to its end.
    ///
    /// - Parameter address: Where to connect to; by default what the URL says.
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be sent.
    package func send(_ request: Request, to address: ListenAddress? = nil) async throws -> Response {
        let outgoing = try OutgoingRequest(request)
        guard let address = address ?? request.server.map({ .tcp(host: $0.host, port: $0.port) }) else {
            throw outgoing.error(.unsupported, "only http can be spoken here")
        }
        let remotes: [RemoteAddress]
        do {
            remotes = try await RemoteAddress.resolve(address)
        } catch let error as ConnectError {
            throw outgoing.error(.cannotConnect, "can't connect to \(address): \(error.message)")
        }
        do {
            return try await ClientExchange(outgoing, pool: pool).response(from: address, at: remotes, isFresh: false)
        } catch let error as ClientError where error.kind == .stale && outgoing.mayRepeat {
            // The server closed the kept connection while the request was on its way: it has not seen it.
            return try await ClientExchange(outgoing, pool: pool).response(from: address, at: remotes, isFresh: true)
        }
    }

    /// Closes all connections; requests that still run fail.
    package func close() {
        pool.loop.execute { [pool] in pool.close() }
    }
}
