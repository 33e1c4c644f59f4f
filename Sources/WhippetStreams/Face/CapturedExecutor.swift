// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The task executor that the current task prefers, so that work started later runs where the stream was made.
package func currentTaskExecutor() -> (any TaskExecutor)? {
    guard #available(macOS 26.4, *) else { return nil }
    return withUnsafeCurrentTask { $0?.unownedTaskExecutor?.asTaskExecutor() }
}
