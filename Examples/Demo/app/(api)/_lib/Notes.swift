// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// What several routes share lies in a file with any other name.

struct Note: Codable {
    var id: Int
    var text: String
}

let notes = Notes()

/// The notes, as long as the demo runs.
actor Notes {
    private var byID: [Int: Note] = [:]

    func all() -> [Note] {
        byID.values.sorted { $0.id < $1.id }
    }

    func note(_ id: Int) -> Note? {
        byID[id]
    }

    /// Keeps a note; true if there was none of its number.
    func put(_ note: Note) throws -> Bool {
        guard byID.count < 1000 || byID[note.id] != nil else { throw HTTPError(.insufficientStorage) }
        return byID.updateValue(note, forKey: note.id) == nil
    }

    func remove(_ id: Int) {
        byID[id] = nil
    }
}
