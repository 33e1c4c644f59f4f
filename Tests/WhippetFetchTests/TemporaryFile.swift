// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file of the tests: `--héllo--`.
struct TemporaryFile {
    static let shared = Result { try TemporaryFile.make() }

    private static func make() throws -> String {
        var template = Array("/tmp/whippet-fetch-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw TypeError("mkstemp failed: \(errno)") }
        defer { close(descriptor) }
        let content = Array("--héllo--".utf8)
        guard write(descriptor, content, content.count) == content.count else { throw TypeError("write failed") }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        atexit { TemporaryFile.remove() }
        return path
    }

    private static func remove() {
        if let path = try? shared.get() { unlink(path) }
    }
}
