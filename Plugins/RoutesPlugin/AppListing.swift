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

    /// A folder's place on its disk, by which a link that leads back to it is known.
    private struct Node: Equatable {
        var device: dev_t
        var number: ino_t
    }

    init(root: String) {
        list(root, "", inside: [])
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
        if AppListing.content(of: path).elementsEqual(text.utf8) { return true }
        guard let stream = fopen(path, "w") else { return false }
        let written = fputs(text, stream) >= 0
        return fclose(stream) == 0 && written
    }

    // MARK: - Algorithm

    private mutating func list(_ folder: String, _ prefix: String, inside ancestors: [Node]) {
        var status = stat()
        guard stat(folder, &status) == 0 else { return }
        let node = Node(device: status.st_dev, number: status.st_ino)
        guard !ancestors.contains(node) else {
            problems.append("\(folder) is a link to a folder that contains it")
            return
        }
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            guard name != ".", name != "..", stat("\(folder)/\(name)", &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                list("\(folder)/\(name)", "\(prefix)\(name)/", inside: ancestors + [node])
            } else {
                add(name, prefix)
            }
        }
    }

    private static func content(of path: String) -> [UInt8] {
        guard let stream = fopen(path, "r") else { return [] }
        defer { fclose(stream) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = fread(&buffer, 1, buffer.count, stream)
            guard count > 0 else { return content }
            content += buffer[..<count]
        }
    }

    private mutating func add(_ name: String, _ prefix: String) {
        let path = prefix + name
        let isSource = name.hasSuffix(".swift") && !name.hasPrefix(".")
        let isAsset = AppListing.isAsset(name)
        guard isSource || isAsset || name.hasPrefix("page.") || path == "routes.json" else { return }
        guard !path.utf8.contains(where: { $0 < 0x20 }) else {
            problems.append("the path \(path) holds a control character")
            return
        }
        files.append(File(path: path, identifier: isSource || isAsset ? AppListing.identifier(path) : nil))
    }

    /// Whether the tool may want to make the file a part of the program; it decides by the folder as well.
    private static func isAsset(_ name: String) -> Bool {
        guard let dot = name.firstIndex(of: "."), !name.hasSuffix(".swift") else { return false }
        let stem = name[..<dot]
        let kind = stem.last?.isNumber == true ? stem.dropLast() : stem
        let kinds = [
            "favicon", "icon", "apple-icon", "opengraph-image", "twitter-image", "robots", "sitemap", "manifest",
        ]
        let endings = ["ico", "jpg", "jpeg", "png", "svg", "gif", "txt", "xml", "json", "webmanifest"]
        return kinds.contains(String(kind)) && endings.contains(String(name[dot...].dropFirst()))
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
