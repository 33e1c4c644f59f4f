// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// A note as clients see it.
struct Note: Codable, Sendable {
    var id: Int
    var author: String
    var text: String
    /// The name of the file that belongs to it.
    var attachment: String?
}

/// What a client sends to make or to change a note.
struct NoteText: Decodable {
    var text: String

    /// The text, without white space around it.
    ///
    /// - Throws: A 422 for none, or for more than 10,000 characters.
    func checked() throws -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            throw HTTPError.unprocessableContent("text: must not be empty")
        }
        guard text.utf8.count <= 10_000 else { throw HTTPError.unprocessableContent("text: more than 10,000 bytes") }
        return text
    }
}
