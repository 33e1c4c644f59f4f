// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import WhippetTestSupport

/// A case of the standards' data whose expectation is a list of bytes.
struct StandardsNumbers {
    /// The first string: the input.
    let text: String?
    /// The bytes expected, nil for failure.
    let bytes: [UInt8]?

    /// Reads a file that is an array of arrays.
    static func read(_ path: String) throws -> [StandardsNumbers] {
        try StandardsData.json(path, as: [[Any]].self).map { row in
            StandardsNumbers(text: row.first as? String, bytes: (row.last as? [NSNumber])?.map(\.uint8Value))
        }
    }
}
