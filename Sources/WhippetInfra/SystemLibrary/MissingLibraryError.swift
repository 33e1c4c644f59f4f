// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A system library that a feature needs is not there: the message names the package to install.
///
/// Whippet's packages have no dependencies; what the system offers is looked for when it is first needed.
public struct MissingLibraryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is missing and what to do, such as `zlib: libz.so.1 can't be loaded; install zlib1g (Debian, Ubuntu) …`.
    public let message: String

    package init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
