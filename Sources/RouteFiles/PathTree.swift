// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Puts the paths of routes and pages beside one another and finds those that can't stand together.
struct PathTree {
    /// Two files of which no path could tell which one it means.
    struct Conflict: Error {
        var first: AppFile
        var second: AppFile
        var message: String
    }

    private struct Node {
        var file: AppFile?
        var parameter: (name: String, file: AppFile)?
        var catchAll: (name: String, file: AppFile)?
        var isOptional = false
        var children: [PathSegment: Int] = [:]
    }

    private var nodes = [Node()]

    /// The deepest path that a request can have.
    static let maximumSegmentCount = 64

    /// Adds a file whose folders have these meanings.
    ///
    /// - Throws: `PathSegment.Failure` if the path breaks a rule by itself.
    mutating func insert(_ file: AppFile, _ segments: [PathSegment]) throws {
        try PathTree.check(segments)
        var node = 0
        for segment in segments {
            switch segment {
            case .hidden: continue
            case .literal: node = child(of: node, segment)
            case .parameter(let name):
                if let other = nodes[node].parameter, other.name != name {
                    throw Conflict(
                        first: other.file, second: file,
                        message: "have different names for one position, \"\(other.name)\" and \"\(name)\"")
                }
                nodes[node].parameter = nodes[node].parameter ?? (name, file)
                // One child for all parameters: the names are equal.
                node = child(of: node, .parameter(""))
            case .catchAll(let name): return try setCatchAll(of: node, name, file, isOptional: false)
            case .optionalCatchAll(let name): return try setCatchAll(of: node, name, file, isOptional: true)
            }
        }
        if let other = nodes[node].file { throw samePath(other, file) }
        if nodes[node].isOptional, let other = nodes[node].catchAll {
            throw Conflict(
                first: other.file, second: file, message: "both answer the path before the optional catch-all")
        }
        nodes[node].file = file
    }

    // MARK: - Algorithm

    private static func check(_ segments: [PathSegment]) throws(PathSegment.Failure) {
        let visible = segments.filter { $0 != .hidden }
        guard visible.count <= maximumSegmentCount else {
            throw PathSegment.Failure(message: "the path has more than \(maximumSegmentCount) segments")
        }
        if visible.dropLast().contains(where: \.isCatchAll) {
            throw PathSegment.Failure(message: "a catch-all must be the last segment of its path")
        }
        var names: [String] = []
        for name in visible.compactMap(\.name) {
            for other in names {
                guard other != name else {
                    throw PathSegment.Failure(message: "the path has two parameters named \"\(name)\"")
                }
                guard letters(other) != letters(name) else {
                    throw PathSegment.Failure(
                        message:
                            "the path has the parameters \"\(other)\" and \"\(name)\", which differ by symbols only")
                }
            }
            names.append(name)
        }
    }

    private static func letters(_ name: String) -> [UInt8] {
        name.utf8.filter { Lexer.isWord($0) && $0 != UInt8(ascii: "$") }
    }

    private mutating func child(of node: Int, _ segment: PathSegment) -> Int {
        if let child = nodes[node].children[segment] { return child }
        nodes.append(Node())
        nodes[node].children[segment] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func setCatchAll(
        of node: Int, _ name: String, _ file: AppFile, isOptional: Bool
    ) throws(Conflict) {
        if let other = nodes[node].catchAll {
            if nodes[node].isOptional != isOptional {
                throw Conflict(
                    first: other.file, second: file,
                    message: "are a required and an optional catch-all at one level")
            }
            if other.name != name {
                throw Conflict(
                    first: other.file, second: file,
                    message: "have different names for one position, \"\(other.name)\" and \"\(name)\"")
            }
            throw samePath(other.file, file)
        }
        if isOptional, let other = nodes[node].file {
            throw Conflict(first: other, second: file, message: "both answer the path before the optional catch-all")
        }
        nodes[node].catchAll = (name, file)
        nodes[node].isOptional = isOptional
    }

    private func samePath(_ first: AppFile, _ second: AppFile) -> Conflict {
        let isPageBesideRoute = (first.kind == .page) != (second.kind == .page)
        return Conflict(
            first: first, second: second,
            message: isPageBesideRoute
                ? "are a page and a route of one path: each takes all methods of it" : "answer the same path")
    }
}
