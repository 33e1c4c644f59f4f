// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

let bodyLimit = 5 * 1024 * 1024

// A form with one file, as a browser sends it.
func POST(_ request: Request, _ context: Context) async throws -> Note {
    let user = try Session.user()
    guard let file = try await request.formData().get("file")?.file else {
        throw HTTPError.unprocessableContent("file: must be a file")
    }
    let note = try await NoteStore.shared.attach(file, to: context.params("id", as: Int.self), by: user)
    try await announce("changed", note)
    return note
}

// Whole or in part, as the client asks.
func GET(_ request: Request, _ context: Context) async throws -> Response {
    let file = try await NoteStore.shared.attachment(of: context.params("id", as: Int.self))
    // What strangers have sent is saved, not shown: a browser must not take it for a page of this site.
    let response = Response(
        file,
        headers: [
            .contentType: "application/octet-stream", "content-disposition": "attachment",
            "x-content-type-options": "nosniff",
        ])
    return response.conditional(for: request)
}
