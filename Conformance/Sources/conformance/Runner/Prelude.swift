// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The JavaScript beside this package's Swift: Web IDL's side of the interfaces, and what a page has besides them.
enum Prelude {
    /// The files in the order in which they run; the environment counts apart.
    static let files = [
        "webidl", "domexception", "environment", "headers", "url", "urlpattern", "encoding", "abort", "streams",
        "codecs", "file", "fetch",
    ]
    static let environmentFile = "environment"

    /// The folder of this package.
    static let package: String = {
        let file = URL(fileURLWithPath: #filePath)
        return file.deletingLastPathComponent().appendingPathComponent("../../..").standardized.path
    }()

    /// Tells the host when all tests are done.
    static let reporter = """
        add_completion_callback(((report, stringify, toWellFormed) => (tests, status) => {
            const text = (value) => value === null || value === undefined ? null : toWellFormed.call(`${value}`);
            report(stringify({
                status: status.status, message: text(status.message),
                tests: tests.map((test) => [text(test.name), test.status, text(test.message)]),
            }));
        })(__report, JSON.stringify, String.prototype.toWellFormed));
        delete globalThis.__report;
        """

    /// The text of a file.
    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(package)/Prelude/\(name).js", encoding: .utf8)
    }

    /// The lines of each file but the environment.
    static var lineCounts: [String: Int] {
        get throws {
            let names = files.filter { $0 != environmentFile }
            return Dictionary(uniqueKeysWithValues: try names.map { ($0, try lines(of: $0)) })
        }
    }

    /// The lines of all files but the environment.
    static var lineCount: Int {
        get throws { try lineCounts.values.reduce(0, +) }
    }

    /// The lines of the environment.
    static var environmentLineCount: Int {
        get throws { try lines(of: environmentFile) }
    }

    /// How many lines a file has.
    static func lines(of name: String) throws -> Int {
        try text(name).split(separator: "\n", omittingEmptySubsequences: false).count - 1
    }

    /// Runs all files.
    static func load(_ natives: Natives) throws {
        let engine = natives.engine
        let idl = try engine.evaluate("({})", name: "idl")
        for name in files {
            let body = "\"use strict\";\n" + (try text(name))
            let function = try engine.function(["native", "idl", "global"], body: body, name: "\(name).js")
            try engine.call(function, [natives.object, idl, engine.global])
        }
    }
}
