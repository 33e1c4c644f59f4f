// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetApp
import WhippetFetch
import WhippetURL

/// A target, a header, a cookie, the pattern of a condition and a value, a line each: no request chooses where a rule
/// leads, and a pattern matches what a plain model matches.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
    }
    while lines.count < 5 { lines.append("") }

    check(pattern: lines[3], lines[4])
    var headers = Headers()
    headers["x-t"] = lines[1]
    headers["cookie"] = lines[2]
    let request = Request("http://localhost/" + lines[0], headers: headers)
    guard request.url.host == "localhost", let (location, fields) = rules.apply(request) else { return 0 }
    for (_, value) in fields {
        precondition(value.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "a field: \(value)")
    }
    guard let location else { return 0 }
    precondition(location.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "a location: \(location)")
    guard let url = try? URL(location, base: "http://localhost/") else { preconditionFailure("no URL: \(location)") }
    if location.hasPrefix("https://") {
        precondition(url.host.hasSuffix(".example.org"), "another host: \(location)")
    } else {
        precondition(url.host == "localhost" && url.pathname.hasPrefix("/fixed"), "another place: \(location)")
    }
    return 0
}

private let rules: RuleMatching = {
    var configuration = AppConfiguration()
    configuration.redirects = [
        RedirectRule("/one/:a", to: "/fixed/:a/end", permanent: false),
        RedirectRule("/all/:a*", to: "/fixed/:a*#:a", permanent: false),
        RedirectRule("/query/:a*", to: "/fixed?a=:a", permanent: false),
        RedirectRule("/host/:a", to: "https://:t.example.org/:a", permanent: false, has: [.header("x-t", ":t")]),
        RedirectRule("/cookie", to: "/fixed/:c", permanent: false, has: [.cookie("c")]),
        RedirectRule("/param", to: "/fixed/:q", permanent: false, has: [.query("q", "x*:q")]),
    ]
    configuration.headers = [
        HeaderRule("/:a*", ["x-a": "<:a>"]), HeaderRule("/cookie", ["x-c": ":c"], has: [.cookie("c")]),
    ]
    guard let rules = try? RuleMatching(configuration) else { preconditionFailure("the rules are not compiled") }
    return rules
}()

/// Compares a pattern of letters and stars with a table of which prefix matches which.
private func check(pattern: String, _ value: String) {
    let found = RuleMatching.captures(pattern, in: value)
    guard (1...64).contains(pattern.utf8.count), pattern.utf8.allSatisfy({ 0x61...0x7A ~= $0 || $0 == 0x2A }) else {
        return
    }
    let value = Array(value.utf8.prefix(256))
    guard String(decoding: value, as: UTF8.self).utf8.elementsEqual(value) else { return }
    var row = [true] + [Bool](repeating: false, count: value.count)
    for byte in pattern.utf8 {
        var next = [Bool](repeating: false, count: value.count + 1)
        for position in 0...value.count {
            if byte == 0x2A {
                next[position] = row[position] || (position > 0 && next[position - 1])
            } else {
                next[position] = position > 0 && row[position - 1] && value[position - 1] == byte
            }
        }
        row = next
    }
    if value.count < 256 {
        precondition(row[value.count] == (found != nil), "\(pattern): \(String(decoding: value, as: UTF8.self))")
    }
}
