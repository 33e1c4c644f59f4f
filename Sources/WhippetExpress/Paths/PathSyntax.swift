// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A piece of a path's syntax.
enum PathToken: Hashable, Sendable {
    case text(String)
    /// `:name`
    case parameter(String)
    /// `*name`
    case wildcard(String)
    /// `{…}`
    case group([PathToken])
}

/// A path is not of the syntax; the message names the path and the rule.
struct PathSyntaxError: Error, Hashable {
    var message: String
}

/// Reads the syntax of Express 5's paths.
struct PathSyntax {
    /// Groups can be nested this deep.
    private static let maximumDepth = 16

    private let path: String
    private let scalars: [Unicode.Scalar]
    private var position = 0

    /// The pieces of a path.
    ///
    /// - Throws: `PathSyntaxError` for a name that is missing, a bracket without its other half, and characters that the
    ///   syntax reserves.
    static func parse(_ path: String) throws(PathSyntaxError) -> [PathToken] {
        var parser = PathSyntax(path)
        return try parser.tokens(depth: 0)
    }

    private init(_ path: String) {
        self.path = path
        scalars = Array(path.unicodeScalars)
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func tokens(depth: Int) throws(PathSyntaxError) -> [PathToken] {
        guard depth <= Self.maximumDepth else { throw failure("its groups are nested too deep") }
        var tokens: [PathToken] = []
        var text = ""
        func flush() {
            if !text.isEmpty { tokens.append(.text(text)) }
            text = ""
        }
        while let scalar = next {
            position += 1
            switch scalar {
            case "{":
                flush()
                tokens.append(.group(try self.tokens(depth: depth + 1)))
            case "}":
                guard depth > 0 else { throw unexpected("}") }
                flush()
                return tokens
            case ":":
                flush()
                tokens.append(.parameter(try name()))
            case "*":
                flush()
                tokens.append(.wildcard(try name()))
            case "\\":
                guard let escaped = next else { throw unexpected("the end after \\") }
                position += 1
                text.unicodeScalars.append(escaped)
            case "(", ")", "[", "]", "+", "?", "!":
                throw unexpected("\(scalar)")
            default:
                text.unicodeScalars.append(scalar)
            }
        }
        guard depth == 0 else { throw failure("a { has no }") }
        flush()
        return tokens
    }

    /// A name as JavaScript has them, or any text in quotation marks.
    private mutating func name() throws(PathSyntaxError) -> String {
        var name = ""
        if next == "\"" {
            let start = position
            position += 1
            while let scalar = next, scalar != "\"" {
                position += 1
                guard scalar == "\\" else {
                    name.unicodeScalars.append(scalar)
                    continue
                }
                guard let escaped = next else { break }
                position += 1
                name.unicodeScalars.append(escaped)
            }
            guard next == "\"" else { throw failure("unterminated quote at index \(start)") }
            position += 1
        } else if let first = next, first == "$" || first == "_" || first.properties.isIDStart {
            while let scalar = next, scalar == "$" || scalar == "_" || scalar.properties.isIDContinue {
                position += 1
                name.unicodeScalars.append(scalar)
            }
        }
        guard !name.isEmpty else { throw failure("missing parameter name at index \(position)") }
        return name
    }

    private func unexpected(_ what: String) -> PathSyntaxError {
        failure("unexpected \(what) at index \(position - 1)")
    }

    private func failure(_ rule: String) -> PathSyntaxError {
        PathSyntaxError(message: "path \"\(path)\": \(rule)")
    }
}
