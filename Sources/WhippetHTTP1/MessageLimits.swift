// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// How much of a message's head is accepted.
package struct MessageLimits: Sendable, Hashable {
    /// The bytes of all field lines together, their line ends counted; more is answered with 431.
    package var fieldBlockBytes: Int
    /// The number of field lines; more is answered with 431.
    package var fieldCount: Int
    /// The bytes of a request's target; more is answered with 414.
    ///
    /// In a response: the bytes of the reason phrase.
    package var targetBytes: Int

    /// Makes limits; the defaults are those of a server on the open web.
    ///
    /// None goes above 2^30: a head counts in 32 bits.
    package init(fieldBlockBytes: Int = 32 * 1024, fieldCount: Int = 100, targetBytes: Int = 16 * 1024) {
        self.fieldBlockBytes = min(max(fieldBlockBytes, 0), 1 << 30)
        self.fieldCount = min(max(fieldCount, 0), 1 << 24)
        self.targetBytes = min(max(targetBytes, 1), 1 << 30)
    }
}
