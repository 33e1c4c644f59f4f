// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// Data that is dear to make is kept by itself: the route reads the session, so that its answer can't be.
func GET() async throws -> Stats {
    _ = try Session.user()
    return try await cached(key: "stats", tags: ["notes"], revalidate: 300) {
        let notes = await NoteStore.shared.all()
        return Stats(notes: notes.count, authors: notes.reduce(into: [:]) { $0[$1.author, default: 0] += 1 })
    }
}
