// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetFetch
import WhippetInfra

/// Where a JavaScript `Headers` object keeps its list: in itself, or in the request or response that it belongs to.
class HeadersObject {
    var headers: Headers

    init(_ headers: Headers) {
        self.headers = headers
    }

    /// Adds pairs as the standard's [fill](https://fetch.spec.whatwg.org/#concept-headers-fill) does.
    static func fill(_ headers: inout Headers, with list: Value) throws {
        for pair in list.elements {
            let members = pair.elements
            guard members.count == 2 else { throw TypeError("Headers: a pair has \(members.count) members, not 2") }
            try headers.append(members[0].string, members[1].string)
        }
    }
}

/// `Headers`.
enum HeadersBinding: Binding {
    static func install(_ natives: Natives) {
        natives.add("byteString") { call in
            guard call[0].codeUnits.allSatisfy({ $0 <= 0xFF }) else {
                throw TypeError("The text has a character above U+00FF")
            }
            return call[0]
        }
        natives.add("headersCreate") { call in
            guard let kind = Headers.Guard(rawValue: call.string(0)) else { throw BindingError("no such guard") }
            var headers = Headers(guard: kind)
            try HeadersObject.fill(&headers, with: call[1])
            return Handle(HeadersObject(headers))
        }
        natives.add("headersAppend") { call in
            try call.object(0, as: HeadersObject.self).headers.append(call.string(1), call.string(2))
            return Nothing()
        }
        natives.add("headersDelete") { call in
            try call.object(0, as: HeadersObject.self).headers.delete(call.string(1))
            return Nothing()
        }
        natives.add("headersGet") { call in
            try call.object(0, as: HeadersObject.self).headers.get(call.string(1))
        }
        natives.add("headersGetSetCookie") { call in
            try call.object(0, as: HeadersObject.self).headers.getSetCookie()
        }
        natives.add("headersHas") { call in
            try call.object(0, as: HeadersObject.self).headers.has(call.string(1))
        }
        natives.add("headersSet") { call in
            try call.object(0, as: HeadersObject.self).headers.set(call.string(1), call.string(2))
            return Nothing()
        }
        natives.add("headersPairs") { call in
            try call.object(0, as: HeadersObject.self).headers.map { [$0.name, $0.value] }
        }
    }
}
