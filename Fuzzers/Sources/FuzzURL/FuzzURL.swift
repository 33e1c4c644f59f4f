// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetURL

/// A URL, a base and values for the setters, a line each: every URL that comes out parses to itself.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
    }
    let input = lines[0]
    let base = lines.count > 1 ? URL.parse(lines[1]) : nil
    if let base { check(base) }
    checkRequestTarget(input)

    if lines.count > 1 {
        precondition(URL.parse(input, base: lines[1])?.href == (base.flatMap { URL.parse(input, base: $0) })?.href)
    }
    let parsed = URL.parse(input, base: base)
    precondition(URL.canParse(input, base: base) == (parsed != nil), "canParse and parse disagree")
    guard var url = parsed else { return 0 }
    check(url)
    for line in lines.dropFirst(2) {
        guard let setter = line.utf8.first else { continue }
        set(setter, String(line.dropFirst()), &url)
        check(url)
    }
    return 0
}

private func set(_ setter: UInt8, _ value: String, _ url: inout URL) {
    switch setter % 14 {
    case 0: url.protocol = value
    case 1: url.username = value
    case 2: url.password = value
    case 3: url.host = value
    case 4: url.hostname = value
    case 5: url.port = value
    case 6: url.pathname = value
    case 7: url.search = value
    case 8: url.hash = value
    case 9: url.searchParams.append(value, value)
    case 10: url.searchParams.delete(value)
    case 11: url.searchParams.sort()
    case 12: url.searchParams.set(value, value)
    default:
        let before = url
        do {
            try url.setHref(value)
            precondition(url == URL.parse(value), "another URL: \(value)")
        } catch {
            precondition(url == before && URL.parse(value) == nil, "changed, but failed: \(value)")
        }
    }
}

private func check(_ url: URL) {
    guard let again = URL.parse(url.href) else { preconditionFailure("not parsed again: \(url.href)") }
    precondition(again.href == url.href, "parsed again to another URL: \(url.href) \(again.href)")
    precondition(again == url && again.hashValue == url.hashValue, "not equal to itself: \(url.href)")
    precondition(url.href.utf8.allSatisfy { $0 < 0x80 }, "not ASCII: \(url.href)")
    precondition(url.href.hasPrefix(url.protocol), "another scheme: \(url.href)")
    precondition(url.href.hasSuffix(url.search + url.hash) || url.href.contains(where: { $0 == "?" || $0 == "#" }))
    precondition(url.host == url.hostname + (url.port.isEmpty ? "" : ":" + url.port), "another host: \(url.href)")
    precondition(again.origin == url.origin, "another origin: \(url.href)")
    for (name, value) in url.searchParams {
        precondition(url.searchParams.has(name, value) && url.searchParams.get(name) != nil, "a lost parameter: \(url)")
    }
}

/// The short way of a request's target must lead where the parser leads.
private func checkRequestTarget(_ input: String) {
    let target = Array(input.utf8)
    let authority = Array("example.com:8080".utf8)
    let url = authority.withUnsafeBufferPointer { authority in
        target.withUnsafeBufferPointer { URL(authority: authority, target: $0) }
    }
    let kept = authority.withUnsafeBufferPointer { authority in
        target.withUnsafeBufferPointer { URL(keptAuthority: authority, target: $0) }
    }
    if let kept {
        precondition(kept.href == url?.href && kept.search == url?.search, "another URL of a kept origin: \(kept.href)")
    }
    guard let url else { return }
    precondition(url.href == URL.parse("http://example.com:8080" + input)?.href, "another URL: \(url.href)")
}
