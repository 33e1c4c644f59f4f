// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The process's standard error, where lines for the operator go by default.
public enum StandardError {
    /// Writes one line in one piece, so that lines of several threads do not mix.
    public static let write: @Sendable (String) -> Void = { writeLine($0, to: 2) }
}

/// The process's standard output, where a server says where it listens.
public enum StandardOutput {
    /// Writes one or more lines in one piece.
    public static let write: @Sendable (String) -> Void = { writeLine($0, to: 1) }
}

private func writeLine(_ line: String, to descriptor: Int32) {
    var bytes = Array(line.utf8)
    bytes.append(0x0A)
    _ = bytes.withUnsafeBytes { systemWrite(descriptor, $0) }
}
