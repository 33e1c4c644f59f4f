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

/// The folder `public` of an application: each file that is there at start is a route of its own.
///
/// A request for another path thus does not touch the disk, a file goes before all routes with parameters, and one that
/// a route names exactly is a conflict that shows at start.
struct PublicFolder {
    /// The most files that it may hold.
    static let maximumCount = 65_536
    /// The deepest folder that is looked into.
    private static let maximumDepth = 32

    private let path: String
    private let files: StaticFiles
    private(set) var declarations: [RouteDeclaration] = []

    /// Lists the folder; this blocks.
    ///
    /// - Throws: `RouteError` if there is no such folder, or it holds too much.
    init(_ path: String) throws {
        self.path = path
        files = StaticFiles(path, index: [])
        guard files.folder.exists else { throw RouteError("public: there is no folder \"\(path)\"") }
        try list([], inside: [])
        // Their order on the disk is any.
        declarations.sort { $0.path < $1.path }
    }

    // MARK: - Algorithm

    /// A folder's place on its disk, by which a link that leads back to it is known.
    private struct Node: Equatable {
        var device: dev_t
        var number: ino_t
    }

    private mutating func list(_ folder: [String], inside ancestors: [Node]) throws {
        let place = ([path] + folder).joined(separator: "/")
        var status = stat()
        guard stat(place, &status) == 0 else { return }
        let node = Node(device: status.st_dev, number: status.st_ino)
        guard !ancestors.contains(node) else { return }
        guard ancestors.count < Self.maximumDepth else { throw RouteError("public: \"\(place)\" is nested too deep") }
        guard let stream = opendir(place) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(validatingCString: $0) }
            }
            // A name that is not UTF-8 has no path; files of the system are not for clients.
            guard let name, name.utf8.first != UInt8(ascii: ".") || (folder.isEmpty && name == ".well-known"),
                !name.utf8.contains(UInt8(ascii: "\\")), stat("\(place)/\(name)", &status) == 0
            else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try list(folder + [name], inside: ancestors + [node])
            case S_IFREG: try add(folder + [name])
            default: continue
            }
        }
    }

    private mutating func add(_ names: [String]) throws {
        guard declarations.count < Self.maximumCount else {
            throw RouteError(
                "public: \"\(path)\" holds more than \(Self.maximumCount) files; serve them by StaticFiles")
        }
        let handler = MethodHandler(method: .GET) { [files] request, _ in
            try await files.response(to: request, names: names, sendsIndex: false)
        }
        let pattern = names.reduce("") { $0 + "/" + Self.escaped($1) }
        declarations.append(
            RouteDeclaration(
                path: pattern, handlers: [handler], place: .text(([path] + names).joined(separator: "/")), isFile: true)
        )
    }

    /// A name as a pattern has it, in which brackets mean nothing.
    private static func escaped(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
