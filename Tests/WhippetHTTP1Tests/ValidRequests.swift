// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetHTTP1

private let host = "Host: a\r\n"

/// Requests that are valid by RFC 9110 and RFC 9112.
let validRequests: [ValidRequest] = [
    // Request lines.
    ValidRequest(
        testDescription: "the smallest request", input: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", fields: ["host: a"]),
    ValidRequest(
        testDescription: "HTTP/1.0 without a host", input: "GET / HTTP/1.0\r\n\r\n", version: "1.0", authority: "",
        fields: [], keepsAlive: false),
    ValidRequest(testDescription: "one empty line before it", input: "\r\nGET / HTTP/1.1\r\n\(host)\r\n"),
    ValidRequest(testDescription: "four empty lines before it", input: "\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\(host)\r\n"),
    ValidRequest(
        testDescription: "a lower-case method is another method", input: "get / HTTP/1.1\r\n\(host)\r\n", method: "get"),
    ValidRequest(testDescription: "a method of one letter", input: "X / HTTP/1.1\r\n\(host)\r\n", method: "X"),
    ValidRequest(
        testDescription: "a method of token signs", input: "!#$%&'*+-.^_`|~09aZ / HTTP/1.1\r\n\(host)\r\n",
        method: "!#$%&'*+-.^_`|~09aZ"),
    ValidRequest(
        testDescription: "a method of 32 bytes",
        input: "\(String(repeating: "M", count: 32)) / HTTP/1.1\r\n\(host)\r\n",
        method: String(repeating: "M", count: 32)),
    ValidRequest(testDescription: "POST", input: "POST / HTTP/1.1\r\n\(host)\r\n", method: "POST"),
    ValidRequest(testDescription: "HEAD", input: "HEAD / HTTP/1.1\r\n\(host)\r\n", method: "HEAD"),
    ValidRequest(testDescription: "PUT", input: "PUT / HTTP/1.1\r\n\(host)\r\n", method: "PUT"),
    ValidRequest(testDescription: "PATCH", input: "PATCH / HTTP/1.1\r\n\(host)\r\n", method: "PATCH"),
    ValidRequest(testDescription: "DELETE", input: "DELETE / HTTP/1.1\r\n\(host)\r\n", method: "DELETE"),
    ValidRequest(testDescription: "OPTIONS", input: "OPTIONS / HTTP/1.1\r\n\(host)\r\n", method: "OPTIONS"),
    ValidRequest(testDescription: "QUERY", input: "QUERY / HTTP/1.1\r\n\(host)\r\n", method: "QUERY"),
    ValidRequest(testDescription: "TRACE", input: "TRACE / HTTP/1.1\r\n\(host)\r\n", method: "TRACE"),
    ValidRequest(testDescription: "M-SEARCH", input: "M-SEARCH / HTTP/1.1\r\n\(host)\r\n", method: "M-SEARCH"),
    ValidRequest(testDescription: "PROPPATCH", input: "PROPPATCH / HTTP/1.1\r\n\(host)\r\n", method: "PROPPATCH"),

    // Targets.
    ValidRequest(
        testDescription: "quotes, bars and brackets in the target",
        input: "GET /with_\"lovely\"_quotes?foo=\\|^`{}[]<>'%zz HTTP/1.1\r\n\(host)\r\n",
        target: "/with_\"lovely\"_quotes?foo=\\|^`{}[]<>'%zz"),
    ValidRequest(
        testDescription: "a second question mark", input: "GET /test.cgi?foo=bar?baz HTTP/1.1\r\n\(host)\r\n",
        target: "/test.cgi?foo=bar?baz"),
    ValidRequest(
        testDescription: "a path of two slashes", input: "GET //b/c HTTP/1.1\r\n\(host)\r\n", target: "//b/c"),
    ValidRequest(
        testDescription: "an asterisk with OPTIONS", input: "OPTIONS * HTTP/1.1\r\n\(host)\r\n", method: "OPTIONS",
        target: "*", path: ""),
    ValidRequest(
        testDescription: "an absolute target's authority stands for the Host",
        input: "GET http://b.example:81/x?y HTTP/1.1\r\n\(host)\r\n", target: "http://b.example:81/x?y", path: "/x?y",
        authority: "b.example:81", fields: ["host: b.example:81"]),
    ValidRequest(
        testDescription: "an absolute target without a path", input: "GET http://b HTTP/1.1\r\n\(host)\r\n",
        target: "http://b", path: "", authority: "b"),
    ValidRequest(
        testDescription: "an absolute target whose query follows the host",
        input: "GET http://b:1234?hail=all HTTP/1.1\r\n\(host)\r\n", target: "http://b:1234?hail=all",
        path: "?hail=all", authority: "b:1234"),
    ValidRequest(
        testDescription: "an absolute target with an upper-case scheme",
        input: "GET HTTPS://B/ HTTP/1.1\r\n\(host)\r\n", target: "HTTPS://B/", path: "/", authority: "B"),
    ValidRequest(
        testDescription: "an absolute target in HTTP/1.0 without Host", input: "GET http://b/ HTTP/1.0\r\n\r\n",
        target: "http://b/", path: "/", version: "1.0", authority: "b", keepsAlive: false),
    ValidRequest(
        testDescription: "CONNECT with a host and a port", input: "CONNECT b:443 HTTP/1.1\r\n\(host)\r\n",
        method: "CONNECT", target: "b:443", path: "", authority: "b:443"),
    ValidRequest(
        testDescription: "CONNECT with an address in brackets", input: "CONNECT [::1]:443 HTTP/1.1\r\n\(host)\r\n",
        method: "CONNECT", target: "[::1]:443", path: "", authority: "[::1]:443"),

    // Fields.
    ValidRequest(
        testDescription: "names are read without regard to case", input: "GET / HTTP/1.1\r\nhOsT:\ta\r\nEMPTY:\r\n\r\n",
        fields: ["host: a", "empty: "]),
    ValidRequest(
        testDescription: "white space around a value is taken off, inside it is kept",
        input: "GET / HTTP/1.1\r\n\(host)X: \t b \t c \t \r\nY:   \r\n\r\n", fields: ["host: a", "x: b \t c", "y: "]),
    ValidRequest(
        testDescription: "repeated fields stay apart and in order",
        input: "GET / HTTP/1.1\r\nB: 1\r\n\(host)A: 2\r\nb: 3\r\n\r\n", fields: ["b: 1", "host: a", "a: 2", "b: 3"]),
    ValidRequest(
        testDescription: "a colon at once behind the first", input: "GET / HTTP/1.1\r\n\(host)X::\r\n\r\n",
        fields: ["host: a", "x: :"]),
    ValidRequest(
        testDescription: "bytes above 127 in a value",
        input: "GET / HTTP/1.1\r\n\(host)X: D\u{FC}sseldorf\u{FF}\u{80}\u{A0}\r\n\r\n",
        fields: ["host: a", "x: D\u{FC}sseldorf\u{FF}\u{80}\u{A0}"]),
    ValidRequest(
        testDescription: "a long value with tabs at each place of a word",
        input: "GET / HTTP/1.1\r\n\(host)X: a\tbb\tccc\tdddd\teeeee\tffffff\tggggggg\thhhhhhhh\r\n\r\n",
        fields: ["host: a", "x: a\tbb\tccc\tdddd\teeeee\tffffff\tggggggg\thhhhhhhh"]),
    ValidRequest(
        testDescription: "a name of token signs", input: "GET / HTTP/1.1\r\n\(host)!#$%&'*+-.^_`|~09aZ: 1\r\n\r\n",
        fields: ["host: a", "!#$%&'*+-.^_`|~09az: 1"]),
    ValidRequest(
        testDescription: "names that only begin like the ones that decide",
        input:
            "GET / HTTP/1.1\r\n\(host)Content-Length-X: 1\r\nContent-LengtX: 2\r\nHosT2: b\r\nTransfer-Encodinx: c\r\n\r\n"
    ),

    // Hosts.
    ValidRequest(testDescription: "a port", input: "GET / HTTP/1.1\r\nHost: a.b:8080\r\n\r\n", authority: "a.b:8080"),
    ValidRequest(testDescription: "an empty port", input: "GET / HTTP/1.1\r\nHost: a:\r\n\r\n", authority: "a:"),
    ValidRequest(
        testDescription: "an address", input: "GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", authority: "127.0.0.1:1"),
    ValidRequest(
        testDescription: "an address of version 6", input: "GET / HTTP/1.1\r\nHost: [2001:DB8::1]:65535\r\n\r\n",
        authority: "[2001:DB8::1]:65535"),

    // Bodies.
    ValidRequest(
        testDescription: "a length", input: "PUT /u HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nabc", method: "PUT",
        target: "/u", body: .length(3), rest: "abc"),
    ValidRequest(
        testDescription: "a length of 0 is no body", input: "PUT / HTTP/1.1\r\n\(host)Content-Length: 0\r\n\r\n",
        method: "PUT", body: .none),
    ValidRequest(
        testDescription: "leading zeros are decimal", input: "PUT / HTTP/1.1\r\n\(host)Content-Length: 0010\r\n\r\n",
        method: "PUT", body: .length(10)),
    ValidRequest(
        testDescription: "the largest length",
        input: "PUT / HTTP/1.1\r\n\(host)Content-Length: 9223372036854775807\r\n\r\n", method: "PUT",
        body: .length(.max)),
    ValidRequest(
        testDescription: "white space around a length",
        input: "PUT / HTTP/1.1\r\n\(host)Content-Length: \t42 \t\r\n\r\n",
        method: "PUT", body: .length(42)),
    ValidRequest(
        testDescription: "a length in HTTP/1.0", input: "GET / HTTP/1.0\r\nconTENT-Length: 5\r\n\r\nHELLO",
        version: "1.0", authority: "", body: .length(5), keepsAlive: false, rest: "HELLO"),
    ValidRequest(
        testDescription: "chunked", input: "PUT / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        method: "PUT", body: .chunked, rest: "0\r\n\r\n"),
    ValidRequest(
        testDescription: "chunked in upper case", input: "PUT / HTTP/1.1\r\n\(host)TRANSFER-ENCODING: CHUNKED\r\n\r\n",
        method: "PUT", body: .chunked),
    ValidRequest(
        testDescription: "chunked among empty list elements",
        input: "PUT / HTTP/1.1\r\n\(host)Transfer-Encoding: , chunked ,\r\n\r\n", method: "PUT", body: .chunked),

    // Connections.
    ValidRequest(
        testDescription: "close", input: "GET / HTTP/1.1\r\n\(host)Connection: close\r\n\r\n", keepsAlive: false),
    ValidRequest(
        testDescription: "Close and a tab", input: "GET / HTTP/1.1\r\n\(host)Connection: Close\t\r\n\r\n",
        keepsAlive: false),
    ValidRequest(
        testDescription: "close in a list", input: "GET / HTTP/1.1\r\n\(host)Connection: token,, close ,x\r\n\r\n",
        keepsAlive: false),
    ValidRequest(
        testDescription: "close wins over keep-alive",
        input: "GET / HTTP/1.1\r\n\(host)Connection: keep-alive\r\nConnection: close\r\n\r\n", keepsAlive: false),
    ValidRequest(
        testDescription: "a word that only contains close", input: "GET / HTTP/1.1\r\n\(host)Connection: closed\r\n\r\n"
    ),
    ValidRequest(
        testDescription: "keep-alive in HTTP/1.0", input: "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
        version: "1.0", authority: ""),
    ValidRequest(
        testDescription: "upgrade", input: "GET / HTTP/1.1\r\n\(host)Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),

    // Expectations.
    ValidRequest(
        testDescription: "100-continue before a body",
        input: "PUT / HTTP/1.1\r\n\(host)Expect: 100-Continue\r\nContent-Length: 1\r\n\r\n", method: "PUT",
        body: .length(1), expectsContinue: true),
    ValidRequest(
        testDescription: "100-continue before chunks",
        input: "PUT / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n", method: "PUT",
        body: .chunked, expectsContinue: true),
    ValidRequest(
        testDescription: "100-continue without a body", input: "GET / HTTP/1.1\r\n\(host)Expect: 100-continue\r\n\r\n"),
    ValidRequest(
        testDescription: "100-continue in HTTP/1.0",
        input: "PUT / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n", method: "PUT", version: "1.0",
        authority: "", body: .length(1), keepsAlive: false),
    ValidRequest(
        testDescription: "an unknown expectation in HTTP/1.0", input: "GET / HTTP/1.0\r\nExpect: cake\r\n\r\n",
        version: "1.0", authority: "", keepsAlive: false),
]
