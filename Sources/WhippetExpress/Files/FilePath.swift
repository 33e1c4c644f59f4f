// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra

/// The path of a file that a client may name.
struct FilePath: Sendable {
    private let root: String
    private var names: [String]
    let hasTrailingSlash: Bool

    /// Takes a path, decoded.
    ///
    /// - Throws: `HTTPError` 400 for a NUL, 403 for a path that leads out of the root or holds `..` without one, and what
    ///   the options say for names that begin with a dot.
    init(_ path: String, _ options: SendFileOptions) throws(HTTPError) {
        guard !path.utf8.contains(0) else { throw HTTPError(.badRequest) }
        var names: [String] = []
        for segment in path.split(separator: "/") where segment != "." {
            guard segment == ".." else {
                names.append(String(segment))
                continue
            }
            guard options.root != nil, names.popLast() != nil else { throw HTTPError(.forbidden) }
        }
        if names.contains(where: { $0.utf8.first == 0x2E && $0.utf8.count > 1 }) {
            switch options.dotfiles {
            case .allow: break
            case .deny: throw HTTPError(.forbidden)
            case .ignore: throw HTTPError(.notFound)
            }
        }
        root = options.root ?? "/"
        hasTrailingSlash = path.utf8.last == 0x2F && !names.isEmpty
        self.names = names
    }

    /// The path with an ending, such as `.html`.
    func appending(_ ending: String) -> FilePath {
        var path = self
        if let last = path.names.popLast() { path.names.append(last + ending) }
        return path
    }

    /// What lies at a path.
    enum Found {
        case file(File)
        case folder
        case nothing
    }

    /// Looks what lies at the path, off the event loop; links are followed, as in Express.
    func look() async -> Found {
        let folder = Folder(path: root, links: .follow)
        let entry = await offload { [names] in try? folder.open(names) }
        switch entry {
        case .file(let file) where !hasTrailingSlash: return .file(File(file, name: names.last ?? ""))
        case .folder: return .folder
        case .file, .nothing, nil: return .nothing
        }
    }
}
