// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Looks at the prelude: it converts arguments and hands them on, and does nothing that a Swift type should do.
struct LintCommand {
    /// The most lines that the prelude may have.
    static let maximumLineCount = 2500

    /// What the prelude may not use, and why.
    private static let forbidden: [(pattern: String, reason: String)] = [
        (#"\.(trim|trimStart|trimEnd)\("#, "trimming"),
        (#"\.(split|substring|substr|replace|replaceAll)\("#, "splitting"),
        (#"\.(toLowerCase|toUpperCase|toLocaleLowerCase|toLocaleUpperCase)\("#, "case mapping"),
        (#"\.(charCodeAt|codePointAt|normalize|localeCompare)\("#, "characters"),
        (#"\b(encodeURIComponent|decodeURIComponent|encodeURI|decodeURI|escape|unescape)\("#, "percent-encoding"),
        (#"\.(match|matchAll|search|test)\("#, "regular expressions"), (#"new RegExp\b"#, "regular expressions"),
        (#"(^|[=(,:;!&|?{}\[])\s*/(?![/*])[^/]+/[dgimsuvy]*\s*([.,;)\]]|$)"#, "regular expressions"),
        (#"\.(indexOf|startsWith|endsWith)\("#, "searching in text"),
    ]

    /// Returns the exit status.
    func run() throws -> Int32 {
        var complaints: [String] = []
        for name in Prelude.files where name != Prelude.environmentFile {
            let lines = try Prelude.text(name).split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                guard !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") else { continue }
                for (pattern, reason) in Self.forbidden
                where line.range(of: pattern, options: .regularExpression) != nil {
                    complaints.append("Prelude/\(name).js:\(index + 1): \(reason): \(line)")
                }
            }
            print("\(name).js: \(lines.count - 1) lines")
        }
        let count = try Prelude.lineCount
        if count > Self.maximumLineCount { complaints.append("the prelude has \(count) lines") }
        print("prelude: \(count) of at most \(Self.maximumLineCount) lines")
        print("\(Prelude.environmentFile).js: \(try Prelude.environmentLineCount) lines, counted apart")
        for complaint in complaints { say(complaint) }
        return complaints.isEmpty ? 0 : 1
    }
}
