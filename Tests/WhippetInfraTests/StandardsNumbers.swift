// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// A case of the standards' data whose expectation is a list of bytes.
struct StandardsNumbers {
    /// The first string: the input.
    let text: String?
    /// The bytes expected, nil for failure.
    let bytes: [UInt8]?

    /// Reads a file that is an array of arrays.
    static func read(_ path: String) throws -> [StandardsNumbers] {
        try StandardsFile.json(path, as: [[Any]].self).map { row in
            StandardsNumbers(text: row.first as? String, bytes: (row.last as? [NSNumber])?.map(\.uint8Value))
        }
    }
}

/// A JSON file in the folder that the environment names.
enum StandardsFile {
    static func json<Value>(_ path: String, as type: Value.Type) throws -> Value {
        guard let folder = ProcessInfo.processInfo.environment["WHIPPET_STANDARDS_DATA"],
            let data = FileManager.default.contents(atPath: "\(folder)/\(path)"),
            let value = try JSONSerialization.jsonObject(with: data) as? Value
        else { throw StandardsData.Missing() }
        return value
    }
}
