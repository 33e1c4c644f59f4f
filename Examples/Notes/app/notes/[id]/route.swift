// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

let revalidate: Revalidate = 60

func GET(_ request: Request, _ context: Context) async throws -> Note {
    try cacheTag("notes")
    return try await NoteStore.shared.note(context.params("id", as: Int.self))
}

func PUT(_ request: Request, _ context: Context) async throws -> Note {
    let user = try Session.user()
    let text = try await request.json(as: NoteText.self).checked()
    let note = try await NoteStore.shared.change(context.params("id", as: Int.self), by: user) { $0.text = text }
    try await announce("changed", note)
    return note
}

func DELETE(_ request: Request, _ context: Context) async throws {
    let user = try Session.user()
    let note = try await NoteStore.shared.note(context.params("id", as: Int.self))
    try await NoteStore.shared.remove(note.id, by: user)
    try await announce("removed", note)
}
