// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What a cache needs to know of a request before it gives what it has: one pass over the fields.
extension Request {
    /// Whether a kept answer may not go out as it is: there is a condition, a range, or the cookie of the draft mode.
    package var concernsKeptAnswers: Bool {
        guard content.headers == nil, let head = content.receivedStorage else {
            let headers = headers
            return ["range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since"]
                .contains { headers.has(validated: $0) } || headers.mentions(cookie: "__prerender_bypass")
        }
        for index in 0..<head.pointee.fieldCount {
            let name = head.pointee.bytes(head.pointee.fields[index].name)
            // Received names are in lower case.
            switch name.count {
            case 5 where name[0] == UInt8(ascii: "r") && name[1] == UInt8(ascii: "a"): return true
            case 8, 13, 17, 19:
                if name[0] == UInt8(ascii: "i"), name[1] == UInt8(ascii: "f"), name[2] == UInt8(ascii: "-") {
                    return true
                }
            case 6 where name[0] == UInt8(ascii: "c") && name[1] == UInt8(ascii: "o"):
                if headers.mentions(cookie: "__prerender_bypass") { return true }
            default: break
            }
        }
        return false
    }
}

extension Headers {
    /// Whether the text of a `Cookie` field contains a name, be it a cookie's or part of something else.
    package func mentions(cookie name: StaticString) -> Bool {
        var isFound = false
        forEachField { field, value in
            guard !isFound, field.count == 6, value.count >= name.utf8CodeUnitCount,
                "cookie".utf8.elementsEqual(field.lazy.map(ASCII.lowercased))
            else { return }
            // SAFETY: the bytes of a StaticString live as long as the process.
            let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
            for start in 0...(value.count - wanted.count) where value[start] == wanted[0] {
                if value[start..<start + wanted.count].elementsEqual(wanted) {
                    isFound = true
                    return
                }
            }
        }
        return isFound
    }
}
