// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetFetch

/// The `Cookie` header of a request: each name once, each cookie found by its name.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // A header's value is Latin-1, so any byte that may stand in one comes through.
    var text = String.UnicodeScalarView()
    for byte in UnsafeBufferPointer(start: start, count: count) where byte != 0 && byte != 0x0A && byte != 0x0D {
        text.append(Unicode.Scalar(byte))
    }
    let request = Request("/", headers: ["cookie": String(text)])
    check(request.cookies)
    check(request.cookiesOfNode)
    return 0
}

private func check(_ cookies: RequestCookies) {
    var names: Set<String> = []
    for cookie in cookies {
        precondition(names.insert(cookie.name).inserted, "a name twice: \(cookie.name)")
        precondition(cookies.get(cookie.name) == cookie, "a lost cookie: \(cookie.name)")
        precondition(
            cookies.getAll(cookie.name) == [cookie] && cookies.has(cookie.name), "a lost cookie: \(cookie.name)")
    }
    precondition(names.count == cookies.getAll().count)
}
