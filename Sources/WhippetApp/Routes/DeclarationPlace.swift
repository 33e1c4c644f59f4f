// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where a route was declared, for error messages: put into words only where there is one to write.
enum DeclarationPlace: Sendable, CustomStringConvertible {
    /// A file's path, or whatever names the place.
    case text(String)
    /// What `#fileID` and `#line` said.
    case line(StaticString, UInt)

    var description: String {
        switch self {
        case .text(let text): text
        case .line(let file, let line): "\(file):\(line)"
        }
    }
}
