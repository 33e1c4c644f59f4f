// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetExpress

/// A byte of options, a request's path, then a path of Express: captures lie side by side inside what matched, and both
/// ways of matching agree.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let options = bytes.first else { return 0 }
    let end = bytes.dropFirst().firstIndex(of: 0x0A) ?? count
    let path = Array(bytes[1..<end])
    let notation = String(decoding: bytes[min(end + 1, count)...], as: UTF8.self)
    guard
        let pattern = ExpressPathMatching(
            notation, isWhole: options & 1 == 0, isCaseSensitive: options & 2 != 0, isStrict: options & 4 != 0)
    else { return 0 }

    precondition(pattern.agrees(on: path), "the two ways disagree: \(notation)")
    guard let match = pattern.match(path) else { return 0 }
    precondition(0...path.count ~= match.length, "more than the path")
    precondition(options & 1 != 0 || match.length == path.count, "not the whole path")
    precondition(match.captures.count == match.wildcards.count, "a capture without a name")
    var last = 0
    for (capture, isWildcard) in zip(match.captures, match.wildcards) {
        precondition(!capture.isEmpty && capture.lowerBound >= last && capture.upperBound <= match.length)
        precondition(isWildcard || !path[capture].contains(0x2F), "a parameter of two segments")
        last = capture.upperBound
    }
    return 0
}
