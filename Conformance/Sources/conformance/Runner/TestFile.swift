// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A test file of the tree and the scripts that it asks for.
struct TestFile {
    /// The path in the tree, such as `url/url-constructor.any.js`.
    let path: String
    /// The scripts to run before it, as paths in the tree.
    let scripts: [String]

    init(_ path: String, in tree: Tree) throws {
        self.path = path
        var scripts: [String] = []
        for line in try tree.text(path).split(whereSeparator: \.isNewline) {
            guard line.hasPrefix("// META:") else { continue }
            let parts = line.dropFirst(8).split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == "script" {
                let script = parts[1].trimmingCharacters(in: .whitespaces)
                scripts.append(Self.resolve(script, against: path))
            }
        }
        self.scripts = scripts
    }

    /// The area that a file counts in: the folder, except where a standard has several.
    static func area(of path: String) -> String {
        let folders = path.split(separator: "/").dropLast()
        switch folders.first {
        case "fetch" where folders.count > 2: return folders.prefix(3).joined(separator: "/")
        case "fetch", "xhr", "html", "dom", "encoding", "FileAPI": return folders.prefix(2).joined(separator: "/")
        case let first?: return String(first)
        case nil: return path
        }
    }

    /// A path as a file's scripts name it, as a path in the tree.
    static func resolve(_ path: String, against base: String) -> String {
        var parts = path.hasPrefix("/") ? [] : Array(base.split(separator: "/").dropLast())
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}

/// The folder with the web-platform-tests, and newer data laid over it.
struct Tree {
    let root: String
    /// The folder with newer test data for `url` and `urlpattern`; nil without.
    let overlay: String?

    /// The contents of a file.
    func bytes(_ path: String) throws -> Data {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if let overlay, path.hasPrefix("url/resources/") || path.hasPrefix("urlpattern/resources/"),
            name.hasSuffix(".json"),
            let data = FileManager.default.contents(atPath: "\(overlay)/\(name)")
        {
            return data
        }
        guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else { throw TreeError.missing(path) }
        return data
    }

    /// The contents of a text file.
    func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// What is known of the newer data: the folder above says it in `PROVENANCE.md`.
    var dataOrigin: String {
        guard let overlay else { return "none" }
        let folder = URL(fileURLWithPath: overlay)
        let table = folder.deletingLastPathComponent().appendingPathComponent("PROVENANCE.md")
        let lines = (try? String(contentsOf: table, encoding: .utf8))?.split(separator: "\n") ?? []
        let row = lines.first { $0.hasPrefix("| \(folder.lastPathComponent)/") }
        let cells = row?.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        // Origin and version; a remark may follow after a full stop.
        guard cells.count > 2, let version = cells[2].components(separatedBy: ". ").first else {
            return folder.lastPathComponent
        }
        return version
    }

    /// What the tree says of its origin.
    var origin: String {
        (try? text(".source").trimmingCharacters(in: .whitespacesAndNewlines)) ?? "a tree of unknown origin"
    }
}

/// Why a file of the tree can't be had.
enum TreeError: Error, CustomStringConvertible {
    case missing(String)

    var description: String {
        switch self {
        case .missing(let path): "\(path) is not in the tree"
        }
    }
}
