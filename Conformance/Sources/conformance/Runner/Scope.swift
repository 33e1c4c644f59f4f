// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON

/// Which files are run, and which of their subtests count.
struct Scope {
    /// The files, in order.
    let files: [String]
    /// Subtests that no runtime without a network and a DOM can pass, by file.
    let excluded: [String: Set<String>]
    /// Files whose passes don't count.
    let uncounted: Set<String>

    init() throws {
        let folder = "\(Prelude.package)/Scope"
        func lines(_ name: String) throws -> [String] {
            try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                .split(whereSeparator: \.isNewline).map(String.init)
        }
        files = try lines("files.txt")
        uncounted = Set(try lines("uncounted.txt"))
        let json = try JSON.parse(Array(Data(contentsOf: URL(fileURLWithPath: "\(folder)/excluded.json"))))
        var excluded: [String: Set<String>] = [:]
        for (file, names) in json.objectValue ?? [:] {
            excluded[file] = Set((names.arrayValue ?? []).compactMap(\.stringValue))
        }
        self.excluded = excluded
    }

    /// Whether a subtest counts.
    func contains(_ test: String, of file: String) -> Bool {
        !(excluded[file]?.contains(test) ?? false)
    }
}
