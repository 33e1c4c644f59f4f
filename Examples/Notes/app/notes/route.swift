// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// Kept for a minute, or until a note changes: `announce` invalidates the tag.
let revalidate: Revalidate = 60

func GET() async throws -> [Note] {
    try cacheTag("notes")
    return await NoteStore.shared.all()
}

func POST(_ request: Request) async throws -> Response {
    let user = try Session.user()
    let text = try await request.json(as: NoteText.self).checked()
    let note = try await NoteStore.shared.add(text, author: user)
    try await announce("added", note)
    return Response.json(note, status: .created, headers: [.location: "/notes/\(note.id)"])
}
