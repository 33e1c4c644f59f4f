// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetRouting

/// A request's path, then a pattern: one spelling per path, and no path that a table and its patterns judge differently.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let end = bytes.firstIndex(of: 0x0A) ?? count
    let path = UnsafeBufferPointer(rebasing: bytes[..<end])
    let notation = String(decoding: bytes[min(end + 1, count)...], as: UTF8.self)

    if let pattern = try? RoutePattern(notation), let table = try? PathMatching([pattern, fallback]) {
        _ = table.match(path)
        // A pattern without parameters is a path, and matches itself.
        if pattern.parameterNames.isEmpty, let own = pattern.description.ownPath {
            precondition(own.withUnsafeBufferPointer { table.match($0) } == 0, "not matched by itself: \(notation)")
        }
    }
    guard let normalized = PathMatching.normalized(path) else { return 0 }
    normalized.withUnsafeBufferPointer { canonical in
        precondition(canonical.first == 0x2F, "not absolute")
        precondition(PathMatching.normalized(canonical) == normalized, "normalised again to another path")
        let text = String(decoding: canonical, as: UTF8.self)
        precondition(!text.contains("//") && !(text + "/").contains("/../") && !(text + "/").contains("/./"), text)
        precondition(!canonical.contains(0x5C) && !canonical.contains(0), "a byte that separates: \(text)")
        _ = PathMatching.segments(canonical)
        precondition(table.match(canonical) == table.match(path), "routed by its spelling: \(text)")
    }
    return 0
}

private let fallback: RoutePattern = pattern("/[[...rest]]")

private let table: PathMatching = {
    let patterns = ["/", "/items", "/items/[id]", "/items/[id]/reviews", "/files/[...path]", "/docs/[[...page]]"]
    guard let table = try? PathMatching(patterns.map(pattern)) else { preconditionFailure("the table is not built") }
    return table
}()

private func pattern(_ notation: String) -> RoutePattern {
    guard let pattern = try? RoutePattern(notation) else { preconditionFailure("not a pattern: \(notation)") }
    return pattern
}

extension String {
    /// The pattern as the bytes of a path, canonical; nil if it is none.
    fileprivate var ownPath: [UInt8]? {
        Array(utf8).withUnsafeBufferPointer { PathMatching.normalized($0) }
    }
}
