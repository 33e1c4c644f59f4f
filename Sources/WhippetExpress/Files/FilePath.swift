// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The path of a file that a client may name.
struct FilePath: Sendable {
    let path: String
    var hasTrailingSlash: Bool { path.utf8.last == 0x2F }

    /// Takes a path, decoded.
    ///
    /// - Throws: `HTTPError` 400 for a NUL, 403 for a path that leads out of the root or holds `..` without one, and what
    ///   the options say for names that begin with a dot.
    init(_ path: String, _ options: SendFileOptions) throws(HTTPError) {
        guard !path.utf8.contains(0) else { throw HTTPError(.badRequest) }
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            guard segment == ".." else {
                segments.append(segment)
                continue
            }
            guard options.root != nil, segments.popLast() != nil else { throw HTTPError(.forbidden) }
        }
        if segments.contains(where: { $0.utf8.first == 0x2E && $0.utf8.count > 1 }) {
            switch options.dotfiles {
            case .allow: break
            case .deny: throw HTTPError(.forbidden)
            case .ignore: throw HTTPError(.notFound)
            }
        }
        let slash = path.utf8.last == 0x2F && !segments.isEmpty ? "/" : ""
        let relative = segments.joined(separator: "/") + slash
        guard let root = options.root else {
            self.path = "/" + relative
            return
        }
        self.path = (root.utf8.last == 0x2F ? root : root + "/") + relative
    }

    /// Takes a path as it is.
    private init(unchecked path: String) {
        self.path = path
    }

    /// The path with an ending, such as `.html`.
    func appending(_ ending: String) -> FilePath { FilePath(unchecked: path + ending) }

    /// What lies at a path.
    enum Found {
        case file(File)
        case folder
        case nothing
    }

    /// Looks what lies at the path, off the event loop.
    func look() async -> Found {
        if hasTrailingSlash { return await isFolder ? .folder : .nothing }
        if let file = try? await File(path: path) { return .file(file) }
        return await isFolder ? .folder : .nothing
    }

    private var isFolder: Bool {
        get async {
            let path = path
            return await offload {
                var status = stat()
                return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            }
        }
    }
}
