// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetFetch
import WhippetInfra

/// A length in one byte, then the lines `Range`, `If-None-Match`, `If-Match`, `If-Range`, `If-Modified-Since`, `Accept`.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    guard let first = input.first else { return 0 }
    let lines = input.dropFirst().split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
        // A header's value is Latin-1, so any byte that may stand in one comes through.
        String(String.UnicodeScalarView(line.filter { $0 != 0 && $0 != 0x0D }.map { Unicode.Scalar($0) }))
    }
    func line(_ index: Int) -> String? { index < lines.count && !lines[index].isEmpty ? lines[index] : nil }

    let length = Int(first) * Int(first)
    if let range = line(0), let (resolved, joined) = Conditions.ranges(range, length: length) {
        var wanted = [Bool](repeating: false, count: length)
        for range in resolved {
            precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= length, "outside: \(range)")
            for index in range { wanted[index] = true }
        }
        var sent = [Bool](repeating: false, count: length)
        for range in joined {
            precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= length, "outside: \(range)")
            for index in range {
                precondition(!sent[index], "a byte twice")
                sent[index] = true
            }
        }
        precondition(zip(wanted, sent).allSatisfy { !$0 || $1 }, "a byte is missing")
        precondition(sent.count(where: { $0 }) - wanted.count(where: { $0 }) <= 80 * resolved.count, "too much")
    }

    var headers = Headers()
    let names = ["range", "if-none-match", "if-match", "if-range", "if-modified-since", "accept"]
    for (index, name) in names.enumerated() {
        if let value = line(index) { headers[name] = value }
    }
    for method in [.GET, .HEAD, .PUT] as [Request.Method] {
        let status = Conditions.status(method, headers, etag: "\"a\"", lastModified: 946_686_600, length: length)
        precondition(method == .GET || status != 206 && status != 416, "a range of \(method)")
        precondition(method != .PUT || status != 304, "304 for \(method)")
    }

    let request = Request(
        "/",
        headers: line(5).map {
            ["accept": $0, "accept-encoding": $0, "accept-language": $0, "accept-charset": $0]
        } ?? [:])
    let types = ["json", "text/html", "text/plain;charset=utf-8", "png"]
    precondition(request.accepts(types).map(types.contains) ?? true)
    precondition(request.accepts(types) != nil || types.allSatisfy { request.accepts($0) == nil }, "one alone is taken")
    let codings = ["br", "gzip", "identity"]
    precondition(request.acceptsEncodings(codings).map(codings.contains) ?? true)
    let languages = ["en", "de-AT"]
    precondition(request.acceptsLanguages(languages).map(languages.contains) ?? true)
    precondition(request.acceptsCharsets("utf-8").map { $0 == "utf-8" } ?? true)
    precondition(request.acceptedTypes.count <= 128)
    return 0
}
