// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WhippetJSON

/// The files of nst/JSONTestSuite: `y_` must be accepted, `n_` refused, `i_` may be either.
@Suite("JSON: the parsing test suite", .enabled(if: StandardsData.isPresent, "WHIPPET_STANDARDS_DATA names no folder"))
struct ConformanceTests {
    @Test("accepts each text that is JSON")
    func accepts() throws {
        let files = try StandardsData.files("json-parsing", prefix: "y_")
        #expect(files.count == 95)
        for (name, bytes) in files {
            #expect(throws: Never.self, "\(name)") { try JSON.parse(bytes) }
        }
    }

    @Test("refuses each text that is not JSON")
    func refuses() throws {
        let files = try StandardsData.files("json-parsing", prefix: "n_")
        #expect(files.count == 188)
        for (name, bytes) in files {
            #expect(throws: JSONError.self, "\(name)") { try JSON.parse(bytes) }
        }
    }

    @Test("answers where the standard leaves the choice, and reads its own output back")
    func either() throws {
        let files = try StandardsData.files("json-parsing", prefix: "i_")
        #expect(files.count == 35)
        for (name, bytes) in files {
            guard let json = try? JSON.parse(bytes) else { continue }
            #expect(try JSON.parse(json.serialize()) == json, "\(name)")
        }
    }

    @Test("reads what it accepts back from its own output")
    func roundTrip() throws {
        for (name, bytes) in try StandardsData.files("json-parsing", prefix: "y_") {
            let json = try JSON.parse(bytes)
            #expect(try JSON.parse(json.serialize()) == json, "\(name)")
            #expect(try JSON.decode(JSON.self, from: bytes) == json, "\(name)")
        }
    }
}

/// Published test data, in the folder that the environment names.
enum StandardsData {
    static let folder = ProcessInfo.processInfo.environment["WHIPPET_STANDARDS_DATA"]

    static var isPresent: Bool { folder.map { FileManager.default.fileExists(atPath: $0) } ?? false }

    static func files(_ name: String, prefix: String) throws -> [(String, [UInt8])] {
        let path = (folder ?? "") + "/" + name
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }
            .map { ($0, [UInt8](try Data(contentsOf: Foundation.URL(fileURLWithPath: path + "/" + $0)))) }
    }
}
