// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem
package import WhippetFetch
internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A folder on a disk, of which files are opened that do not lie outside it.
///
/// A path is walked and opened in one step by the system, so that nothing can be put in its way between a look and the
/// opening. The methods block.
package struct Folder: Sendable {
    /// What lies at a path.
    package enum Entry {
        case file(OpenFile)
        case folder
        /// Nothing, or something that may not be read.
        case nothing
    }

    let path: String
    let links: SymbolicLinks

    package init(path: String, links: SymbolicLinks) {
        self.path = path
        self.links = links
    }

    /// Whether there is such a folder.
    var exists: Bool {
        var status = stat()
        return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The time now, in seconds since 1970-01-01T00:00:00Z.
    static var now: Int64 { Int64(time(nil)) }

    /// Opens what lies at a path below the folder.
    ///
    /// - Parameter names: The names of folders and file, none of them empty, a dot or two, or with a slash or NUL in it.
    /// - Throws: `DOMException` `NotReadableError` where the system could not look.
    package func open(_ names: [String]) throws -> Entry {
        let name = names.isEmpty ? "." : names.joined(separator: "/")
        // Opened for each request: a deployment may put another folder in this one's place.
        let root = openat(AT_FDCWD, path, Self.folderFlags)
        guard root >= 0 else { return try nothing(errno, path) }
        defer { close(root) }
        let descriptor = openBelow(root, name, names)
        guard descriptor >= 0 else { return try nothing(errno, path + "/" + name) }
        if let file = OpenFile(adopting: descriptor, path: path + "/" + name) { return .file(file) }
        defer { close(descriptor) }
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR ? .folder : .nothing
    }

    // MARK: - Algorithm

    #if canImport(Darwin)
    private static let folderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    #else
    private static let folderFlags = Int32(0x20_0000) | O_DIRECTORY | O_CLOEXEC  // O_PATH
    #endif
    /// Without O_NONBLOCK a pipe would keep the thread for ever.
    private static let fileFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY

    private func openBelow(_ root: Int32, _ name: String, _ names: [String]) -> Int32 {
        if links == .follow { return openat(root, name, Self.fileFlags) }
        #if os(Linux)
        var rules = UInt64(whippet_resolve_beneath | whippet_resolve_no_magic_links)
        if links == .refuse { rules |= UInt64(whippet_resolve_no_links) }
        for _ in 0..<8 {
            let descriptor = whippet_open_beneath(root, name, Self.fileFlags, rules)
            if descriptor >= 0 { return descriptor }
            switch errno {
            // A folder was moved while the path was walked.
            case EAGAIN, EINTR: continue
            // Linux before 5.6, or a sandbox that does not know the call.
            case ENOSYS, EPERM: return walk(root, names)
            default: return -1
            }
        }
        return -1
        #else
        return walk(root, names)
        #endif
    }

    /// Opens folder after folder; links are not followed, since where they lead can't be told here.
    func walk(_ root: Int32, _ names: [String]) -> Int32 {
        guard let last = names.last else { return openat(root, ".", Self.fileFlags) }
        var folder = root
        defer { if folder != root { close(folder) } }
        for name in names.dropLast() {
            let next = openat(folder, name, Self.folderFlags | O_NOFOLLOW)
            guard next >= 0 else { return -1 }
            if folder != root { close(folder) }
            folder = next
        }
        return openat(folder, last, Self.fileFlags | O_NOFOLLOW)
    }

    private func nothing(_ error: Int32, _ path: String) throws -> Entry {
        switch error {
        // What may not be read is not there: nobody need know of it. A link that leads out is EXDEV.
        case ENOENT, ENOTDIR, ELOOP, EXDEV, ENAMETOOLONG, EACCES, EPERM, EINVAL, ENXIO, ENODEV, EAGAIN: return .nothing
        default:
            throw DOMException(
                "The file \"\(path)\" can't be opened (error \(error))", name: .notReadableError)
        }
    }
}
