// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The files of the folder of routes that have a meaning there.
struct AppListing {
    struct File {
        /// The path inside the folder.
        var path: String
        /// The name of its copy; nil for a file that is not compiled.
        var identifier: String?
    }

    private(set) var files: [File] = []
    private(set) var problems: [String] = []

    /// A tree deeper than this is taken for a loop of links.
    private static let maximumDepth = 100

    init(root: String) {
        list(root, "", depth: 0)
        files.sort { $0.path < $1.path }
    }

    /// The files that are read.
    var inputs: [String] {
        files.filter { $0.identifier != nil || $0.path == "routes.json" }.map(\.path)
    }

    /// The names of the copies.
    var identifiers: [String] { files.compactMap(\.identifier) }

    /// Writes the list, if it is not what stands in the file.
    func write(to path: String) -> Bool {
        var text = ""
        for file in files { text += "\(file.identifier ?? "-")\t\(file.path)\n" }
        guard let stream = fopen(path, "w") else { return false }
        let written = fputs(text, stream) >= 0
        return fclose(stream) == 0 && written
    }

    // MARK: - Algorithm

    private mutating func list(_ root: String, _ prefix: String, depth: Int) {
        guard depth <= AppListing.maximumDepth else {
            problems.append("\(root) is nested deeper than \(AppListing.maximumDepth) folders")
            return
        }
        guard let stream = opendir(root) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            var status = stat()
            guard stat("\(root)/\(name)", &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                list("\(root)/\(name)", "\(prefix)\(name)/", depth: depth + 1)
            } else {
                add(name, prefix)
            }
        }
    }

    private mutating func add(_ name: String, _ prefix: String) {
        let path = prefix + name
        let isSource = name.hasSuffix(".swift") && !name.hasPrefix(".")
        guard isSource || name.hasPrefix("page.") || path == "routes.json" else { return }
        guard !path.utf8.contains(where: { $0 < 0x20 }) else {
            problems.append("the path \(path) holds a control character")
            return
        }
        files.append(File(path: path, identifier: isSource ? AppListing.identifier(path) : nil))
    }

    /// A name for the copy of a file: letters of its path to be read, and a hash of it to be unlike any other.
    ///
    /// It depends on this path alone, so that a file added or removed leaves the copies of the others as they are.
    private static func identifier(_ path: String) -> String {
        var words = ""
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in path.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: words.unicodeScalars.append(Unicode.Scalar(byte))
            default: if words.last != "_" { words += "_" }
            }
        }
        let digits = String(hash, radix: 16)
        return "\(words.suffix(80))_\(String(repeating: "0", count: 16 - digits.count))\(digits)"
    }
}
