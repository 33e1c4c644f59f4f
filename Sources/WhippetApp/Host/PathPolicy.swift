// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetRouting
internal import WhippetURL

/// How the path of a request is read before any route is looked for.
struct PathPolicy: Sendable {
    /// What is to be done with a path.
    enum Decision {
        /// It leads to a route: this canonical one, or nil for the path as it came.
        case find([UInt8]?)
        case redirect(String)
        case invalid(PathNormalization.Failure)
        /// It is not below the base path.
        case outside
    }

    var trailingSlash = TrailingSlash.remove
    /// Empty, or such as `/docs`; canonical.
    let basePath: String
    private let base: [UInt8]

    /// - Throws: `RouteError` for a base path that is none.
    init(trailingSlash: TrailingSlash = .remove, basePath: String = "") throws {
        self.trailingSlash = trailingSlash
        if !basePath.isEmpty {
            let literal = try? RoutePattern(basePath).literalPath
            guard let literal, literal != "/", literal == basePath else {
                throw RouteError("basePath: \"\(basePath)\" is not a path such as \"/docs\"")
            }
        }
        self.basePath = basePath
        base = Array(basePath.utf8)
    }

    /// Whether a route is looked for by the path as it came; "a path that is taken as it came is found as such" shows that
    /// `decide` says the same.
    func takesAsIs(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        trailingSlash != .add && base.isEmpty && PathNormalization.isCanonical(path)
    }

    func decide(_ path: UnsafeBufferPointer<UInt8>) -> Decision {
        switch PathNormalization(path) {
        case .invalid(let failure):
            return .invalid(failure)
        case .unchanged:
            if trailingSlash == .add, Self.wantsSlash(path) { return .redirect(Self.text(path) + "/") }
            return base.isEmpty ? .find(nil) : decision(below: Array(path))
        case .normalized(let normalized):
            return decide(normalized)
        }
    }

    private func decide(_ path: NormalizedPath) -> Decision {
        let wantsSlash = trailingSlash == .add && path.bytes.withUnsafeBufferPointer(Self.wantsSlash)
        let hasSlash = path.changes.contains(.trailingSlash)
        let isRight = trailingSlash == .accept || hasSlash == wantsSlash
        guard isRight, path.changes.subtracting(.trailingSlash).isEmpty else {
            return .redirect(path.string + (wantsSlash ? "/" : ""))
        }
        return base.isEmpty ? .find(path.bytes) : decision(below: path.bytes)
    }

    /// The URL with the base path in front of its own.
    func withBasePath(_ url: URL) -> URL {
        guard !basePath.isEmpty else { return url }
        var url = url
        url.pathname = basePath + (url.pathname == "/" ? "" : url.pathname)
        return url
    }

    /// A path in its own spelling without the base path; nil if it is not below it.
    ///
    /// Both have as many segments in each spelling, so that the base path's are counted, not compared: `/%64ocs` is
    /// `/docs`, and what middleware sees is what routing sees.
    func withoutBasePath(_ path: String) -> String? {
        let isBelow = Array(path.utf8).withUnsafeBufferPointer { bytes in
            switch PathNormalization(bytes) {
            case .unchanged: self.isBelow(bytes)
            case .normalized(let normalized): self.isBelow(normalized.bytes)
            case .invalid: false
            }
        }
        guard isBelow else { return nil }
        var rest = path.utf8.dropFirst()
        for _ in base.split(separator: 0x2F) {
            guard let slash = rest.firstIndex(of: 0x2F) else { return "/" }
            rest = rest[slash...].dropFirst()
        }
        return "/" + String(Substring(rest))
    }

    /// A canonical path without the base path; nil for one that is not below it.
    func below(_ path: [UInt8]) -> [UInt8]? {
        guard isBelow(path) else { return nil }
        return path.count == base.count ? [0x2F] : Array(path.dropFirst(base.count))
    }

    private func decision(below path: [UInt8]) -> Decision {
        below(path).map { .find($0) } ?? .outside
    }

    private func isBelow(_ path: some RandomAccessCollection<UInt8>) -> Bool {
        path.starts(with: base) && (path.count == base.count || path.dropFirst(base.count).first == 0x2F)
    }

    /// Whether the path is to end in a slash: none of a file, and not the root, which does anyway.
    private static func wantsSlash(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        guard path.count > 1, let slash = path.lastIndex(of: 0x2F) else { return false }
        return !path[slash...].contains(0x2E)
    }

    private static func text(_ path: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: path, as: UTF8.self)
    }
}
