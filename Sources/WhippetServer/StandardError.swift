// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The process's standard error, where lines for the operator go by default.
///
/// A pipe that nobody reads any more does not stop the server: when it is full and stays so for 50 milliseconds, lines are
/// left out until it takes some again; then one says how many are missing.
public enum StandardError {
    /// Writes one line in one piece, so that lines of several threads do not mix.
    public static let write: @Sendable (String) -> Void = { stream.write($0) }

    private static let stream = StandardStream(descriptor: 2)
}

/// The process's standard output, where a server says where it listens; a pipe that nobody reads is treated as that of
/// standard error is.
public enum StandardOutput {
    /// Writes one or more lines in one piece.
    public static let write: @Sendable (String) -> Void = { stream.write($0) }

    private static let stream = StandardStream(descriptor: 1)
}

/// A stream that lines are written to, mostly from event loops: it must not stop them.
final class StandardStream: Sendable {
    private let descriptor: Int32
    /// How many lines have been left out since the last that was written.
    private let lost = Atomic(0)

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    func write(_ line: String) {
        // A reader that is slow for a moment is waited for, one that has stopped reading only once.
        let patience: Int32 = lost.load(ordering: .relaxed) == 0 ? 50 : 0
        guard systemTakesBytes(descriptor, within: patience) else {
            lost.add(1, ordering: .relaxed)
            return
        }
        let missing = lost.exchange(0, ordering: .relaxed)
        if missing > 0 { writeNow("\(missing) lines are missing: nobody read them.") }
        writeNow(line)
    }

    private func writeNow(_ line: String) {
        var bytes = Array(line.utf8)
        bytes.append(0x0A)
        _ = bytes.withUnsafeBytes { systemWrite(descriptor, $0) }
    }
}
