// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The end of a connection: after its last answer, or at once, and who hears of it.
extension Connection {
    /// Ends the connection once the output is out.
    func closeAfterOutput() {
        guard state.pointee.phase != .closed, state.pointee.phase != .lingering else { return }
        state.pointee.phase = .closing
        flush()
        if state.pointee.phase == .closing, state.pointee.output.isEmpty { linger() }
    }

    /// Tells the client that nothing more comes and waits for its end: closing at once, with bytes of the client unread,
    /// would send a reset that can overtake the answer.
    ///
    /// Source: [RFC 9112 §9.6](https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
    func linger() {
        guard !state.pointee.isAtEnd, shutdown(descriptor, Int32(SHUT_WR)) == 0 else { return close() }
        state.pointee.phase = .lingering
        state.pointee.deadline = worker.loop.now + 2000
        watch(.readable, true)
    }

    /// Cancels the request that runs, tells whoever waits for the client, and closes.
    func abort(_ reason: any Error) {
        if isBusy { cancelRequest(state.pointee.incoming, reason) }
        if state.pointee.endsByClose, state.pointee.phase == .handling { systemResetOnClose(descriptor) }
        close()
    }

    /// A write has told that the client is gone.
    ///
    /// Whoever waits hears of it in the next turn: what it then does may be to write to another client, and the output
    /// that they share is being written here.
    func lose() {
        let (isBusy, incoming) = (isBusy, state.pointee.incoming)
        close()
        guard isBusy else { return }
        worker.loop.schedule(after: 0) { [self] in cancelRequest(incoming, ConnectionError.clientLeft) }
    }

    /// Cancels the request that runs and tells whoever waits for the client.
    private func cancelRequest(_ incoming: IncomingBody?, _ reason: any Error) {
        incoming?.cancel(reason)
        client.abort(state.pointee.number, reason: reason)
        state.pointee.driver?.takeUnretainedValue().cancel(self)
    }

    func close() {
        guard state.pointee.phase != .closed else { return }
        state.pointee.phase = .closed
        if worker.ownsOutput(self) {
            worker.shared.pointee.output.removeAll(keeping: Self.outputMemory)
            worker.shared.pointee.owner = nil
        }
        state.pointee.input.release()
        state.pointee.output.release()
        state.pointee.held = nil
        state.pointee.incoming?.detach()
        state.pointee.incoming = nil
        state.pointee.content = nil
        state.pointee.request = nil
        state.pointee.begun = nil
        resumeDrained(returning: false)
        worker.loop.close(self)
        worker.remove(self)
    }
}
