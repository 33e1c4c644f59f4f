// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// The notes and their attachments, as long as the program runs.
///
/// A real service has a database here. What is above it stays the same: handlers, tags, events.
actor NoteStore {
    static let shared = NoteStore()

    private var notes: [Int: Note] = [:]
    private var attachments: [Int: File] = [:]
    private var lastID = 0
    /// How often `all` was asked: the example's test shows with it that a hit of the cache asks nobody.
    private(set) var reads = 0

    func all() -> [Note] {
        reads += 1
        return notes.values.sorted { $0.id < $1.id }
    }

    /// - Throws: A 404 when there is no such note.
    func note(_ id: Int) throws -> Note {
        guard let note = notes[id] else { throw HTTPError.notFound("There is no note \(id).") }
        return note
    }

    func add(_ text: String, author: String) throws -> Note {
        guard notes.count < 1000 else { throw HTTPError(.insufficientStorage, "There are 1,000 notes already.") }
        lastID += 1
        let note = Note(id: lastID, author: author, text: text)
        notes[note.id] = note
        return note
    }

    func change(_ id: Int, by user: String, _ change: @Sendable (inout Note) -> Void) throws -> Note {
        var note = try own(id, user)
        change(&note)
        notes[id] = note
        return note
    }

    func remove(_ id: Int, by user: String) throws {
        _ = try own(id, user)
        notes[id] = nil
        attachments[id] = nil
    }

    func attach(_ file: File, to id: Int, by user: String) throws -> Note {
        let name = file.name
        let note = try change(id, by: user) { $0.attachment = name }
        attachments[id] = file
        return note
    }

    /// - Throws: A 404 when the note has no attachment.
    func attachment(of id: Int) throws -> File {
        _ = try note(id)
        guard let file = attachments[id] else { throw HTTPError.notFound("Note \(id) has no attachment.") }
        return file
    }

    private func own(_ id: Int, _ user: String) throws -> Note {
        let note = try note(id)
        guard note.author == user else { throw HTTPError(.forbidden, "Note \(id) is \(note.author)'s.") }
        return note
    }
}
