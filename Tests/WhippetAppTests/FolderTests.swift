// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WhippetApp

/// A folder of which files are opened.
struct FolderTests {
    @Test("Where the system can't walk by itself, files are found and no link is followed")
    func walk() throws {
        let outer = try TemporaryFolder(["secret": "secret", "f/a": "a", "f/sub/b": "b"])
        let path = outer.path + "/f"
        try outer.link("f/out", to: "../secret")
        try outer.link("f/inside", to: "a")
        try outer.link("f/folder", to: "sub")
        let folder = Folder(path: path, links: .inside)
        let root = open(path, O_RDONLY | O_DIRECTORY)
        try #require(root >= 0)
        defer { close(root) }
        for (names, isThere) in [
            ([], true), (["a"], true), (["sub"], true), (["sub", "b"], true), (["out"], false), (["inside"], false),
            (["folder", "b"], false), (["a", "b"], false), (["none"], false), (["none", "b"], false),
        ] {
            let descriptor = folder.walk(root, names)
            #expect((descriptor >= 0) == isThere, "\(names)")
            if descriptor >= 0 { close(descriptor) }
        }
    }

    @Test("Descriptors are closed, whatever was found")
    func descriptors() throws {
        let outer = try TemporaryFolder(["a": "a", "sub/b": "b"])
        let folder = Folder(path: outer.path, links: .inside)
        for _ in 0..<20 {
            for names in [["a"], ["sub"], ["none"], ["sub", "b"], ["a", "b"]] { _ = try folder.open(names) }
        }
        // Those of this folder alone: other tests open theirs at the same time.
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            return target?.hasPrefix(outer.path) == true
        }
        #expect(open.isEmpty)
    }
}
