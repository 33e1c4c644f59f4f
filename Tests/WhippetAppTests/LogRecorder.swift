// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra

/// Keeps the lines that an application logs, for tests.
final class LogRecorder: Sendable {
    private let recorded = Locked<[String]>([])

    var lines: [String] { recorded.withLock { $0 } }

    var write: @Sendable (String) -> Void {
        { line in self.recorded.withLock { $0.append(line) } }
    }
}
