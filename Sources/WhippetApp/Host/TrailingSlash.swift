// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Which spelling of a path is the right one; who asks for the other is sent there with 308, query and method kept.
public enum TrailingSlash: Sendable {
    /// `/items`, without a slash at the end: the default.
    case remove
    /// `/items/`, with one, unless the last segment has a dot as the name of a file does.
    case add
    /// Both are answered.
    case accept
}
