// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A path, or several, in the syntax of Express 5.
///
/// `:name` stands for one segment or a part of it, `*name` for one or more segments, `{…}` for what may be left out; a
/// backslash makes a character stand for itself. Letters match in either case, and a slash at the end is optional,
/// unless the router says otherwise. Regular expressions are not part of it.
/// ```swift
/// let app = express()
/// app.get("/users/:id") { req, res in res.send(req.params.id) }
/// app.get("/files/*path") { req, res in res.send(req.params.path) }
/// app.get("/items{/:id}") { req, res in res.send(req.params["id"] ?? "all") }
/// app.get(["/start", "/home"]) { req, res in res.send("Home") }
/// ```
public struct ExpressPath: Sendable, Hashable, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    CustomStringConvertible
{
    /// The paths, of which the first that matches counts.
    public let paths: [String]

    /// Takes one path.
    public init(_ path: String) {
        paths = [path]
    }

    /// Takes several paths.
    public init(_ paths: [String]) {
        self.paths = paths
    }

    /// Takes one path.
    public init(stringLiteral path: String) {
        paths = [path]
    }

    /// Takes several paths.
    public init(arrayLiteral paths: String...) {
        self.paths = paths
    }

    /// The paths as a person reads them.
    public var description: String { paths.joined(separator: ", ") }
}
