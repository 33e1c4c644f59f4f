// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Calls a closure with the UTF-8 bytes of the string, which end with the call.
    ///
    /// Other than `withUTF8` it takes no copy of the string, and so neither retains nor releases it.
    func withUTF8Bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        if let result = try utf8.withContiguousStorageIfAvailable(body) { return result }
        // A string of another language's runtime.
        var copy = self
        return try copy.withUTF8(body)
    }
}
