// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON: CustomStringConvertible {
    /// The value as JSON without white space.
    public var description: String { String(decoding: serialize(), as: UTF8.self) }
}
