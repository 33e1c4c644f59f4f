// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON

/// The subtests that are known to fail, each with a reason.
///
/// `expectations.json` has groups: a reason, whether the tests themselves are disputed, and the files with the names of
/// their failing subtests. `"*"` stands for all subtests of a file that fail, also for a file that reports none.
struct Expectations {
    /// What is expected of a subtest.
    struct Group {
        let reason: String
        /// Whether two tests of the tree contradict each other, so that nobody can pass both.
        let isContested: Bool
    }

    private var groups: [String: [String: Group]] = [:]

    init(_ path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { return }
        for group in try JSON.parse(Array(data)).arrayValue ?? [] {
            let entry = Group(
                reason: group["reason"].stringValue ?? "", isContested: group["contested"].boolValue ?? false)
            for (file, names) in group["tests"].objectValue ?? [:] {
                for name in names.arrayValue ?? [] { groups[file, default: [:]][name.stringValue ?? ""] = entry }
            }
        }
    }

    /// The group of a subtest; nil if it is expected to pass.
    func group(of test: String, in file: String) -> Group? {
        groups[file].flatMap { $0[test] ?? $0["*"] }
    }

    /// The subtests named for a file, without the one that stands for all.
    func names(in file: String) -> Set<String> {
        Set((groups[file] ?? [:]).keys).subtracting(["*"])
    }

    /// Whether all failures of a file are expected.
    func coversAll(of file: String) -> Bool {
        groups[file]?["*"] != nil
    }
}
