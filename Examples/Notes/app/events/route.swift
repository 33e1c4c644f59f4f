// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// An EventSource that comes back says what it saw last, and gets what it has missed.
func GET(_ request: Request) -> Response {
    Response.sse { events in
        let lastID = events.lastEventID.flatMap { Int($0) }
        for await event in Changes.shared.listen(after: lastID) { try await events.send(event) }
    }
}
