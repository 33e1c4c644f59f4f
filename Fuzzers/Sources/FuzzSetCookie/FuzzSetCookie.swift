// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetFetch

/// A `Set-Cookie` header: a cookie that can be written reads back the same, and no header breaks out of its line.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    guard let cookie = SetCookie(parsing: text) else { return 0 }
    if let written = try? cookie.serialize() {
        precondition(written.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "a character that may not be sent")
        guard let again = SetCookie(parsing: written) else { preconditionFailure("can't be read: \(written)") }
        precondition(again == cookie, "read again it differs: \(written)")
        var response = Response(status: 204)
        response.cookies.set(cookie)
        response.cookies.set(cookie)
        precondition(response.headers.getSetCookie() == [written], "not replaced: \(written)")
    }
    // The same text as a value, a name, a path and a domain.
    for made in [
        SetCookie("a", text), SetCookie(text, "1"), SetCookie("a", "1", path: text), SetCookie("a", "1", domain: text),
    ] {
        guard let written = try? made.serialize() else { continue }
        precondition(written.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "a character that may not be sent")
        let again = SetCookie(parsing: written)
        precondition(again?.name == made.name && again?.value.utf8.elementsEqual(made.value.utf8) == true, "\(written)")
        // A path may end in a space, which is not read.
        precondition(again?.secure == false && again?.httpOnly == false, "an attribute from nowhere: \(written)")
    }
    return 0
}
