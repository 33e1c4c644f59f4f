// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// An invalidation could neither be written to the folder nor could what is there be made invalid.
struct LostInvalidation: Error, CustomStringConvertible {
    let path: String
    let cause: any Error

    var description: String {
        "The cache folder \(path) can't be written (\(reason)), and holds entries: the invalidation holds in this process "
            + "alone, until it ends. Repeat it when the folder can be written."
    }

    private var reason: String {
        (cause as? FolderError).map { "\($0.operation.rawValue): \($0.reason)" } ?? "\(cause)"
    }
}
