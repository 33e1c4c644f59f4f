// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Whippet

extension BrowserFixture {
    /// An answer that a browser keeps and asks about again.
    static func declareCachedRoutes(_ app: App) {
        let log = StatusLog()
        app.group("/cached") { cached in
            cached.use { request, _, next in
                let response = await next(request)
                log.add(response.status)
                return response
            }
            cached.use(.etag())
            cached.get("") { Response("kept by the browser", headers: [.cacheControl: "no-cache"]) }
        }
        app.get("/cached-log") { Response.json(log.statuses) }

        // One that the host keeps, until somebody says that it is no longer right.
        let runs = RunCount()
        app.get("/kept", config: .revalidate(3600)) {
            try cacheTag("kept")
            return "run \(runs.next())"
        }
        app.post("/kept") { request in
            try await revalidateTag("kept", try await request.text() == "stale" ? .stale : .immediate)
        }
    }
}

/// The statuses of answers, in order.
final class StatusLog: Sendable {
    private let codes = Mutex<[Int]>([])

    var statuses: [Int] { codes.withLock { $0 } }

    func add(_ status: Status) {
        codes.withLock { $0.append(Int(status.rawValue)) }
    }
}

/// How often a handler ran.
final class RunCount: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
