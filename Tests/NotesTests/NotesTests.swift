// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@testable import Notes

/// The notes service from end to end: over a socket, as its clients use it.
@Suite("The notes example", .serialized)
struct NotesTests {
    private static let json: Headers = ["content-type": "application/json"]

    /// Logs in and returns the fields that a browser sends from then on.
    private static func login(_ client: TestClient, _ name: String, _ key: String) async throws -> Headers {
        let response = try await client.post(
            "/login", headers: json, body: #"{"name":"\#(name)","key":"\#(key)"}"#)
        #expect(response.status == .noContent)
        let cookie = try #require(response.cookies.get("session"))
        return ["content-type": "application/json", "cookie": "session=\(cookie.value)"]
    }

    private static func add(_ client: TestClient, _ fields: Headers, _ text: String) async throws -> Note {
        let response = try await client.post("/notes", headers: fields, body: #"{"text":"\#(text)"}"#)
        #expect(response.status == .created)
        return try await response.json(as: Note.self)
    }

    @Test("Who does not log in reads and does not write")
    func authentication() async throws {
        try await NotesService.app().test(.live) { client in
            #expect(try await client.get("/notes").status == .ok)
            #expect(try await client.post("/notes", headers: Self.json, body: #"{"text":"x"}"#).status == .unauthorized)
            let wrong = try await client.post("/login", headers: Self.json, body: #"{"name":"ada","key":"guess"}"#)
            #expect(wrong.status == .unauthorized)
            let forged = try await client.get("/stats", headers: ["cookie": "session=ada"])
            #expect(forged.status == .unauthorized)
        }
    }

    @Test("Who logs in writes notes, changes only the own ones, and logs out")
    func notes() async throws {
        try await NotesService.app().test(.live) { client in
            let ada = try await Self.login(client, "ada", "lovelace")
            let bob = try await Self.login(client, "bob", "builder")
            let note = try await Self.add(client, ada, "Buy tea")
            let path = "/notes/\(note.id)"
            #expect(try await client.get(path).json(as: Note.self).text == "Buy tea")
            #expect(try await client.put(path, headers: bob, body: #"{"text":"Buy coffee"}"#).status == .forbidden)
            #expect(try await client.put(path, headers: ada, body: #"{"text":" "}"#).status == .unprocessableContent)
            #expect(try await client.put(path, headers: ada, body: #"{"text":"Buy more tea"}"#).status == .ok)
            #expect(try await client.get(path).json(as: Note.self).text == "Buy more tea")
            #expect(try await client.delete(path, headers: ada).status == .noContent)
            #expect(try await client.get(path).status == .notFound)
            let logout = try await client.post("/logout", headers: ada)
            #expect(logout.cookies.get("session")?.value == "")
        }
    }

    @Test("The list is kept until a note changes, and a hit asks nobody")
    func cache() async throws {
        try await NotesService.app().test(.live) { client in
            let ada = try await Self.login(client, "ada", "lovelace")
            _ = try await Self.add(client, ada, "One")
            #expect(try await client.get("/notes").headers["x-whippet-cache"] == "MISS")
            let reads = await NoteStore.shared.reads
            let hit = try await client.get("/notes")
            #expect(hit.headers["x-whippet-cache"] == "HIT")
            #expect(await NoteStore.shared.reads == reads)
            let etag = try #require(hit.headers["etag"])
            #expect(try await client.get("/notes", headers: ["if-none-match": etag]).status == .notModified)
            let added = try await Self.add(client, ada, "Two")
            let renewed = try await client.get("/notes")
            #expect(renewed.headers["x-whippet-cache"] == "MISS")
            #expect(try await renewed.json(as: [Note].self).last?.id == added.id)
        }
    }

    @Test("Statistics are kept data behind a login")
    func stats() async throws {
        try await NotesService.app().test(.live) { client in
            let ada = try await Self.login(client, "ada", "lovelace")
            let before = try await client.get("/stats", headers: ada).json(as: Stats.self)
            let reads = await NoteStore.shared.reads
            _ = try await client.get("/stats", headers: ada)
            #expect(await NoteStore.shared.reads == reads)
            _ = try await Self.add(client, ada, "Count me")
            #expect(try await client.get("/stats", headers: ada).json(as: Stats.self).notes == before.notes + 1)
        }
    }

    @Test("A file that belongs to a note is uploaded and read, whole and in part")
    func attachment() async throws {
        try await NotesService.app().test(.live) { client in
            var ada = try await Self.login(client, "ada", "lovelace")
            let note = try await Self.add(client, ada, "See the file")
            let path = "/notes/\(note.id)/attachment"
            #expect(try await client.get(path).status == .notFound)
            var form = FormData()
            form.append("file", File(["0123456789"], name: "digits.txt"))
            ada["content-type"] = nil
            let changed = try await client.post(path, headers: ada, body: form)
            #expect(try await changed.json(as: Note.self).attachment == "digits.txt")
            #expect(try await client.get(path).text() == "0123456789")
            let part = try await client.get(path, headers: ["range": "bytes=2-4"])
            #expect(part.status == .partialContent)
            #expect(try await part.text() == "234")
        }
    }

    @Test("Who listens hears of changes, and gets what was missed after coming back")
    func events() async throws {
        try await NotesService.app().test(.live) { client in
            let ada = try await Self.login(client, "ada", "lovelace")
            let listening = try await client.get("/events")
            #expect(listening.headers["content-type"] == "text/event-stream")
            let note = try await Self.add(client, ada, "Listen")
            var lines = try #require(listening.body).lines.makeAsyncIterator()
            var id: String?
            while let line = try await lines.next() {
                if line.hasPrefix("id:") { id = String(line.dropFirst(3)).trimmed }
                if line.hasPrefix("data:") { #expect(line.contains(#""id":\#(note.id)"#)) }
                if line.isEmpty, id != nil { break }
            }
            let missed = try await Self.add(client, ada, "Missed")
            let back = try await client.get("/events", headers: ["last-event-id": try #require(id)])
            var again = try #require(back.body).lines.makeAsyncIterator()
            while let line = try await again.next(), !line.contains(#""id":\#(missed.id)"#) {
                #expect(!line.contains(#""id":\#(note.id),"#))
            }
        }
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
