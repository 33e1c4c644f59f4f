// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A file of the folder, open until nobody refers to it.
final class FolderFile: Sendable {
    /// What a file is opened for.
    enum Access {
        /// Reading.
        case reading
        /// Reading and writing a file that is there.
        case updating
        /// Reading and writing a file that is made if there is none.
        case keeping
        /// Writing a file that was not there.
        case making

        var flags: Int32 {
            switch self {
            case .reading: O_RDONLY
            case .updating: O_RDWR
            case .keeping: O_RDWR | O_CREAT
            case .making: O_RDWR | O_CREAT | O_EXCL
            }
        }
    }

    /// What the system knows about a file.
    struct Status {
        var size: Int
        /// Under how many names it is found: none after it was removed or replaced.
        var links: Int
        /// When it was used last, in nanoseconds since 1970.
        var used: Int64

        /// Nil unless it is a plain file.
        init?(_ status: stat) {
            guard status.st_mode & S_IFMT == S_IFREG else { return nil }
            size = Int(status.st_size)
            links = Int(status.st_nlink)
            #if canImport(Darwin)
            let time = status.st_mtimespec
            #else
            let time = status.st_mtim
            #endif
            used = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
        }
    }

    private let descriptor: Int32
    private let faults: FolderFaults?

    init(_ descriptor: Int32, faults: FolderFaults?) {
        self.descriptor = descriptor
        self.faults = faults
    }

    deinit {
        close(descriptor)
    }

    /// Size and links; nil unless it is a plain file.
    ///
    /// It asks for what the system has in memory, no disk: an event loop may call it.
    var status: Status? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        return Status(status)
    }

    /// Up to so many bytes from an offset on; fewer at the end of the file.
    func read(_ count: Int, at offset: Int = 0) throws -> [UInt8] {
        if let code = faults?(.read) { throw FolderError(.read, code) }
        var failure: Int32 = 0
        // SAFETY: at most `count` bytes are written into the array's room for `count`; `total` says how many.
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, total in
            while total < count {
                let result = pread(
                    descriptor, buffer.baseAddress.map { $0 + total }, count - total, off_t(offset + total))
                if result < 0, errno == EINTR { continue }
                if result < 0 { failure = errno }
                if result <= 0 { return }
                total += result
            }
        }
        guard failure == 0 else { throw FolderError(.read, failure) }
        return bytes
    }

    /// Writes bytes from an offset on.
    func write(_ bytes: [UInt8], at offset: Int = 0) throws {
        if let code = faults?(.write) { throw FolderError(.write, code) }
        // SAFETY: `total` stays below the buffer's count, and the rest of it is what is written.
        try bytes.withUnsafeBufferPointer { buffer in
            var total = 0
            while total < buffer.count {
                let result = pwrite(
                    descriptor, buffer.baseAddress.map { $0 + total }, buffer.count - total, off_t(offset + total))
                if result < 0, errno == EINTR { continue }
                guard result > 0 else { throw FolderError(.write, result == 0 ? ENOSPC : errno) }
                total += result
            }
        }
    }

    /// Cuts the file.
    func truncate(to size: Int) throws {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw FolderError(.write) }
    }

    /// Waits until the bytes are on the disk.
    func synchronise() throws {
        if let code = faults?(.synchronise) { throw FolderError(.synchronise, code) }
        #if canImport(Darwin)
        let result = fsync(descriptor)
        #else
        let result = fdatasync(descriptor)
        #endif
        guard result == 0 || errno == EINVAL else { throw FolderError(.synchronise) }
    }

    // MARK: - Locks

    /// How long a lock is waited for: the process that has it may be stopped.
    private static let longestWait = 2_000_000

    /// Takes the file's lock if nobody has it; it is given back when the file is closed, or the process dies.
    func tryLock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Takes the file's lock, waiting two seconds at most.
    func lock() throws {
        if let code = faults?(.lock) { throw FolderError(.lock, code) }
        var waited = 0
        var pause = 100
        while !tryLock() {
            guard errno == EWOULDBLOCK || errno == EINTR, waited < Self.longestWait else { throw FolderError(.lock) }
            usleep(UInt32(pause))
            waited += pause
            pause = min(2 * pause, 4000)
        }
    }

    /// Notes that the file was used just now.
    func touch() {
        futimens(descriptor, nil)
    }
}
