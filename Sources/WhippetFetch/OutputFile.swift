// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A file that is being written under a name of its own, and gets its real name when it is complete; if that never
/// happens, it goes.
final class OutputFile: Sendable {
    private let path: String
    private let descriptor: Int32
    /// Whether the file is somebody else's now.
    private let isKept = Atomic(false)

    private init(beside path: String, mode: mode_t) throws {
        // A random name that must be new: no link that waits for us is followed, and no two writers share a file.
        let name = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
        self.path = name
        // A NUL would end the path early, and the file lie elsewhere.
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        descriptor = name.utf8.contains(0) ? -1 : open(name, flags, mode)
        guard descriptor >= 0 else { throw Self.failed(path, "can't be made", errno) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isKept.load(ordering: .acquiring) { unlink(path) }
    }

    /// A file in a folder for such files.
    static func temporary(in directory: String?) async throws -> OutputFile {
        try await ThreadPool.shared.run {
            let folder = directory ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
            return try OutputFile(beside: "\(folder)/whippet", mode: 0o600)
        }
    }

    /// Writes all of a sequence to a path, where the file is once it is complete.
    ///
    /// - Returns: How many bytes it has.
    static func write(_ source: any BodySequence, to path: String) async throws -> Int {
        // Beside its place, so that it can be moved there in one step.
        let output = try await ThreadPool.shared.run { try OutputFile(beside: path, mode: 0o666) }
        let count = try await output.write(all: source)
        try await ThreadPool.shared.run { try output.move(to: path) }
        return count
    }

    /// Writes all of a sequence; returns how many bytes that were.
    @discardableResult
    func write(all source: any BodySequence) async throws -> Int {
        var count = 0
        while let chunk = try await source.next() {
            try await write(chunk)
            count += chunk.count
        }
        return count
    }

    /// Writes bytes at the end.
    func write(_ bytes: [UInt8]) async throws {
        try await ThreadPool.shared.run { [self] in
            try bytes.withUnsafeBytes { buffer in
                var rest = buffer[...]
                while !rest.isEmpty {
                    // SAFETY: the slice lies within the array's bytes, which stay where they are during the call.
                    let written = Self.write(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                    if written < 0, errno == EINTR { continue }
                    guard written > 0 else { throw Self.failed(path, "can't be written", errno) }
                    rest = rest.dropFirst(written)
                }
            }
        }
    }

    /// The file as it is, which goes with the last reference to it.
    func keepAsTemporary() async throws -> DiskFile {
        try await ThreadPool.shared.run { [self] in
            let file = try DiskFile(snapshotOf: path, isTemporary: true)
            isKept.store(true, ordering: .releasing)
            return file
        }
    }

    private func move(to place: String) throws {
        guard rename(path, place) == 0 else { throw Self.failed(place, "can't be written", errno) }
        isKept.store(true, ordering: .releasing)
    }

    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
        Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private static func failed(_ path: String, _ what: String, _ error: Int32) -> DOMException {
        let name: DOMException.Name =
            switch error {
            case ENOENT, ENOTDIR: .notFoundError
            case ENOSPC, EDQUOT: .quotaExceededError
            default: "NoModificationAllowedError"
            }
        return DOMException("The file \(quoted(path)) \(what) (error \(error))", name: name)
    }
}
