// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

struct Body: Decodable {
    var text: String
}

func GET(_ request: Request, _ context: Context) async throws -> Note {
    let id = try context.params("id", as: Int.self)
    guard let note = await notes.note(id) else { throw HTTPError.notFound("There is no note \(id).") }
    return note
}

func PUT(_ request: Request, _ context: Context) async throws -> Response {
    let id = try context.params("id", as: Int.self)
    let body = try await request.json(as: Body.self)
    guard !body.text.isEmpty else { throw HTTPError.unprocessableContent("text: must not be empty") }
    let isNew = try await notes.put(Note(id: id, text: body.text))
    return Response.json(Note(id: id, text: body.text), status: isNew ? .created : .ok)
}

func DELETE(_ request: Request, _ context: Context) async throws {
    await notes.remove(try context.params("id", as: Int.self))
}
