// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Whippet

/// Tells listeners of changes, and keeps the last 100 for those who come back.
final class Changes: Sendable {
    static let shared = Changes()

    private struct State {
        var listeners: [Int: AsyncStream<ServerSentEvent>.Continuation] = [:]
        var lastListener = 0
        var lastID = 0
        var recent: [(id: Int, event: ServerSentEvent)] = []
    }

    private let state = Mutex(State())

    /// The events from now on; first those after the one that the listener saw last.
    func listen(after lastID: Int?) -> AsyncStream<ServerSentEvent> {
        let (events, input) = AsyncStream.makeStream(of: ServerSentEvent.self, bufferingPolicy: .bufferingNewest(200))
        let number = state.withLock { state in
            if let lastID { for past in state.recent where past.id > lastID { input.yield(past.event) } }
            state.lastListener += 1
            state.listeners[state.lastListener] = input
            return state.lastListener
        }
        input.onTermination = { [self] _ in state.withLock { $0.listeners[number] = nil } }
        return events
    }

    /// Tells all listeners, in one order for all of them.
    func tell(_ name: String, _ note: Note) throws {
        try state.withLock { state in
            state.lastID += 1
            let event = try ServerSentEvent(json: note, event: name, id: "\(state.lastID)")
            state.recent.append((state.lastID, event))
            if state.recent.count > 100 { state.recent.removeFirst() }
            for listener in state.listeners.values { listener.yield(event) }
        }
    }
}

/// What follows each change: kept answers that show the note are not right any more, and who listens is told.
func announce(_ change: String, _ note: Note) async throws {
    try await revalidateTag("notes", .immediate)
    try Changes.shared.tell(change, note)
}
