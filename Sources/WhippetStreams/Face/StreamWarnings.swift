// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Where the lines go that warn of streams which are used in a way that costs much.
///
/// There is one such warning: a branch of a tee that nobody reads while the other one is read, at 256 chunks or 1 MiB.
///
/// ```swift
/// StreamWarnings.setHandler { line in
///     print("streams:", line)
/// }
/// ```
public enum StreamWarnings {
    /// From how many chunks on a branch of a tee counts as slow.
    static let teeChunkCount = 256
    /// From how many bytes on a branch of a teed byte stream counts as slow.
    static let teeByteCount = 1024 * 1024

    private static let handler = Locked<(@Sendable (String) -> Void)?>(nil)

    /// Sets what takes the lines; nil is the default, which writes them to standard error.
    ///
    /// The handler runs on any thread, with no lock held.
    public static func setHandler(_ handler: (@Sendable (String) -> Void)?) {
        self.handler.withLock { $0 = handler }
    }

    static func report(_ line: String) {
        if let handler = handler.withLock({ $0 }) { return handler(line) }
        var bytes = Array(line.utf8)
        bytes.append(0x0A)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
