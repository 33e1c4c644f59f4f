// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// A table of routes, matched by path alone.
@_spi(Conformance) public struct PathMatching: Sendable {
    private let table: RouteTable

    /// Builds the table.
    ///
    /// - Throws: `RouteConflict` for two routes that no path could tell apart.
    public init(_ patterns: [RoutePattern]) throws {
        table = try RouteTable(patterns)
    }

    /// Normalises a path and finds its route; nil if the path is not valid or no route has it.
    public func match(_ path: UnsafeBufferPointer<UInt8>) -> Int? {
        switch PathNormalization(path) {
        case .unchanged: return table.match(path)?.route
        case .normalized(let path): return path.bytes.withUnsafeBufferPointer { table.match($0)?.route }
        case .invalid: return nil
        }
    }

    /// The canonical form of a path; nil if the path is not valid.
    public static func normalized(_ path: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        switch PathNormalization(path) {
        case .unchanged: return Array(path)
        case .normalized(let path): return path.bytes
        case .invalid: return nil
        }
    }

    /// The segments of a canonical path, decoded; nil if one is not UTF-8.
    public static func segments(_ path: UnsafeBufferPointer<UInt8>) -> [String]? {
        PathNormalization.decodeSegments(path)
    }
}
