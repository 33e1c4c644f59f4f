// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra

extension Middleware {
    /// Gives each request an identifier, for logs of several services: `x-request-id` in request and response.
    ///
    /// One that the client or a proxy has sent is kept if it has 1 to 255 letters, digits, `-`, `_` and `=`; else it is a
    /// random UUID.
    /// - Parameter header: The header's name.
    public static func requestID(header: Headers.Name = "x-request-id") -> Middleware {
        Middleware { request, _, next in
            var request = request
            let identifier = request.headers[header].flatMap { isIdentifier($0) ? $0 : nil } ?? randomUUID()
            request.headers[header] = identifier
            var response = await next(request)
            response.headers[header] = identifier
            return response
        }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        1...255 ~= text.utf8.count
            && text.utf8.allSatisfy {
                ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x3D
            }
    }

    /// A UUID of version 4: [RFC 9562 §5.4](https://www.rfc-editor.org/rfc/rfc9562#section-5.4).
    private static func randomUUID() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = (generator.next() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000
        let low = (generator.next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        let digits = [high, low].map { half in
            let text = String(half, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index == 8 || index == 12 || index == 16 || index == 20 { text.append("-") }
            text.append(digit)
        }
        return text
    }
}
