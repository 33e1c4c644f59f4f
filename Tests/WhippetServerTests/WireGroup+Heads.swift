// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Request lines and fields.
extension WireGroup {
    /// Each control byte in each place.
    static let controlBytes = WireGroup(
        "control bytes",
        characters((0...0x7F).filter { $0 < 0x20 || $0 == 0x7F }).flatMap {
            (name: String, byte: String) -> [WireCase] in
            let isLineEnd = byte == "\r" || byte == "\n"
            var cases: [WireCase] = [
                bad("\(name) in the method", "G\(byte)T / HTTP/1.1\r\n\(host)\r\n"),
                bad("\(name) in the target", "GET /a\(byte)b HTTP/1.1\r\n\(host)\r\n"),
                bad("\(name) for the first space", "GET\(byte)/ HTTP/1.1\r\n\(host)\r\n"),
                bad("\(name) for the second space", "GET /\(byte)HTTP/1.1\r\n\(host)\r\n"),
                bad("\(name) in the version", "GET / HTTP/1\(byte)1\r\n\(host)\r\n"),
                bad("\(name) behind the version", "GET / HTTP/1.1\(byte)\r\n\(host)\r\n"),
                bad("\(name) in a name", "\(get)\(host)X\(byte)Y: 1\r\n\r\n"),
                bad("\(name) before a colon", "\(get)\(host)X\(byte): 1\r\n\r\n"),
                bad("\(name) in a host", "\(get)Host: a\(byte)b\r\n\r\n"),
                bad("\(name) in a length", "\(post)Content-Length: 1\(byte)0\r\n\r\n0123456789"),
                bad("\(name) in a coding", "\(post)Transfer-Encoding: chun\(byte)ked\r\n\r\n0\r\n\r\n"),
                bad("\(name) in a chunk's size", "\(chunked)1\(byte)0\r\n0123456789abcdef\r\n0\r\n\r\n"),
            ]
            if !isLineEnd {
                cases += [
                    bad("\(name) before the method", "\(byte)\(get)\(host)\r\n"),
                    bad("\(name) before a name", "\(get)\(host)\(byte)X: 1\r\n\r\n"),
                ]
            }
            if byte == "\t" {
                cases.append(good("a tab in a value", "\(get)\(host)X: a\tb\r\n\r\n", [200]))
            } else {
                cases += [
                    bad("\(name) in a value", "\(get)\(host)X: a\(byte)b\r\n\r\n"),
                    bad("\(name) begins a value", "\(get)\(host)X:\(byte)b\r\n\r\n"),
                    bad("\(name) ends a value", "\(get)\(host)X: b\(byte)\(byte)\r\n\r\n"),
                ]
            }
            return cases
        })

    /// Bytes above 127: in values alone they are allowed.
    static let highBytes = WireGroup(
        "bytes above 127",
        characters([0x80, 0x85, 0xA0, 0xC3, 0xFF]).flatMap { (name: String, byte: String) -> [WireCase] in
            [
                bad("\(name) in the method", "G\(byte)T / HTTP/1.1\r\n\(host)\r\n"),
                bad("\(name) in the target", "GET /\(byte) HTTP/1.1\r\n\(host)\r\n"),
                bad("\(name) in the version", "GET / HTTP/1.1\(byte)\r\n\(host)\r\n"),
                bad("\(name) in a name", "\(get)\(host)X\(byte)Y: 1\r\n\r\n"),
                bad("\(name) before a name", "\(get)\(host)\(byte)Y: 1\r\n\r\n"),
                bad("\(name) before a colon", "\(get)\(host)Y\(byte): 1\r\n\r\n"),
                good("\(name) in a value", "\(get)\(host)X: a\(byte)b\r\n\r\n", [200]),
                bad("\(name) in a host", "\(get)Host: a\(byte)\r\n\r\n"),
                bad("\(name) around chunked", "\(post)Transfer-Encoding: \(byte)chunked\(byte)\r\n\r\n0\r\n\r\n"),
                bad("\(name) before a length", "\(post)Content-Length: \(byte)3\r\n\r\nabc"),
                bad("\(name) in a chunk's size", "\(chunked)1\(byte)\r\na\r\n0\r\n\r\n"),
            ]
        })

    /// What divides tokens, and what may stand in one.
    static let delimiters = WireGroup(
        "tokens",
        "\"(),/;<=>?@[\\]{}".flatMap { (sign: Character) -> [WireCase] in
            [
                bad("\(sign) in a name", "\(get)\(host)X\(sign)Y: 1\r\n\r\n"),
                bad("\(sign) in the method", "G\(sign)T / HTTP/1.1\r\n\(host)\r\n"),
            ]
        },
        "!#$%&'*+-.^_`|~09".flatMap { (sign: Character) -> [WireCase] in
            [
                good("\(sign) in a name", "\(get)\(host)X\(sign)Y: 1\r\n\r\n", [200]),
                good("\(sign) in the method", "G\(sign)T / HTTP/1.1\r\n\(host)\r\n", [405]),
            ]
        },
        [
            bad("no name", "\(get)\(host): 1\r\n\r\n"),
            bad("no name first", "\(get): ignored\r\n\(host)\r\n"),
            bad("no colon", "\(get)\(host)nonsense\r\n\r\n"),
            bad("a request line for a field", "\(get)\(host)GET / HTTP/1.1\r\n\r\n"),
            good("colons in a value", "\(get)\(host)X: :a:b:\r\n\r\n", [200]),
            good("a field three times", "\(get)\(host)X: 1\r\nX: 2\r\nx: 3\r\n\r\n", [200]),
        ])

    static let lineEnds = WireGroup(
        "line ends",
        [
            bad("LF alone", "GET / HTTP/1.1\nHost: a\n\n"),
            bad("LF behind the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n"),
            bad("LF behind a field", "\(get)Host: a\n\r\n"),
            bad("LF for the empty line", "\(get)\(host)\n"),
            bad("CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"),
            bad("CR alone", "GET / HTTP/1.1\rHost: a\r\n\r\n"),
            bad("CR between fields", "\(get)Host: a\rX: b\r\n\r\n"),
            bad("CR and a byte for the empty line", "\(get)\(host)\rX: test\r\n\r\n"),
            bad("a folded value", "\(get)\(host)X: a\r\n b\r\n\r\n"),
            bad("a value folded with a tab", "\(get)\(host)X: a\r\n\tb\r\n\r\n"),
            bad("the first field folded", "\(get) X: a\r\n\(host)\r\n"),
            bad("a folded host", "\(get)Host:\r\n a\r\n\r\n"),
            bad("a folded coding", "\(post)Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
            bad("a folded length", "\(post)Content-Length:\r\n 3\r\n\r\nabc"),
            bad("a line of one space", "\(get)\(host) \r\n\r\n"),
            bad("LF before the request", "\n\(get)\(host)\r\n"),
            bad("CR before the request", "\r\(get)\(host)\r\n"),
            good("an empty line before the request", "\r\n\(get)\(host)\r\n", [200]),
            good("an empty line behind the request", "\(get)\(host)\r\n\r\n", [200]),
            bad("a hundred empty lines", "\(repeated("\r\n", 100))\(get)\(host)\r\n"),
        ])

    static let whiteSpace = WireGroup(
        "white space",
        [("a space", " "), ("a tab", "\t"), ("two spaces", "  ")].flatMap {
            (name: String, space: String) -> [WireCase] in
            [
                bad("\(name) before a colon", "\(get)\(host)X\(space): 1\r\n\r\n"),
                bad("\(name) before Host's colon", "\(get)Host\(space): a\r\n\r\n"),
                bad("\(name) before a length's colon", "\(post)Content-Length\(space): 3\r\n\r\nabc"),
                bad(
                    "\(name) before a coding's colon", "\(post)Transfer-Encoding\(space): chunked\r\n\r\n0\r\n\r\n"),
                good(
                    "\(name) around values", "\(get)Host:\(space)a\(space)\r\nX:\(space)b\(space)\r\n\r\n", [200]),
                good("\(name) around a length", "\(post)Content-Length:\(space)3\(space)\r\n\r\nabc", body: "abc"),
                good(
                    "\(name) around a coding",
                    "\(post)Transfer-Encoding:\(space)chunked\(space)\r\n\r\n3\r\nabc\r\n0\r\n\r\n", body: "abc"),
                bad("\(name) before the method", "\(space)\(get)\(host)\r\n"),
                bad("\(name) in a name", "\(get)\(host)X\(space)Y: 1\r\n\r\n"),
                bad("\(name) before the target", "GET\(space) / HTTP/1.1\r\n\(host)\r\n"),
                bad("\(name) behind the target", "GET /\(space) HTTP/1.1\r\n\(host)\r\n"),
                bad("\(name) behind the version", "GET / HTTP/1.1\(space)\r\n\(host)\r\n"),
            ]
        },
        [
            good("none behind the colon", "\(get)Host:a\r\nX:b\r\n\r\n", [200]),
            good("empty values", "\(get)\(host)X:\r\nY: \r\n\r\n", [200]),
        ])

    static let hosts = WireGroup(
        "Host",
        [
            "a b", "a,b", "a, b", "a/b", "a?b", "a#b", "a\\b", "u@a", "u:p@a", "http://a", "a:b", "a:65536",
            "a:99999999999", "a:-1", "a:+1", "a:80:80", "a: 80", "a :80", "[::1", "::1", "[::1]a", "[::g]",
            "[1:2:3:4:5:6:7:8:9]", "[::1]:99999", "[]", "a%4", "a%zz", "a<b", "a\"b", "a|b", "a^b", "a{b", "a[b", "@",
            "/", "?", "", ":80",
        ].map { bad($0, "\(get)Host: \($0)\r\n\r\n") },
        [
            "a", "a.b", "A.B", "a:80", "a:", "a:0", "a:65535", "127.0.0.1:8080", "[::1]", "[::1]:80",
            "[::ffff:1.2.3.4]", "xn--bcher-kva.example", "a-b_c.d", "a%41", "a.",
        ].map { good($0, "\(get)Host: \($0)\r\n\r\n", [200]) },
        [
            bad("none", "\(get)\r\n"),
            bad("none but another field", "\(get)X: y\r\n\r\n"),
            bad("two", "\(get)\(host)Host: b\r\n\r\n"),
            bad("the same twice", "\(get)\(host)\(host)\r\n"),
            bad("two in other cases", "\(get)\(host)hOST: b\r\n\r\n"),
            bad("two in HTTP/1.0", "GET / HTTP/1.0\r\n\(host)\(host)\r\n"),
            bad("a bad one in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n"),
            bad("none beside an absolute target", "GET http://a/ HTTP/1.1\r\n\r\n"),
            bad("none beside an asterisk", "OPTIONS * HTTP/1.1\r\n\r\n"),
            row("none in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", answers: [[200]], .closes),
            good("an absolute target", "GET http://a/ HTTP/1.1\r\n\(host)\r\n", [200]),
            good("an absolute target of another host", "GET http://b/ HTTP/1.1\r\n\(host)\r\n", [200]),
            good("an absolute target with a port", "GET http://a:80/ HTTP/1.1\r\n\(host)\r\n", [200]),
            good("an absolute target without a path", "GET http://a HTTP/1.1\r\n\(host)\r\n", [200]),
            good("a scheme in capitals", "GET HTTP://a/ HTTP/1.1\r\n\(host)\r\n", [200]),
            bad("an https target", "GET https://a/ HTTP/1.1\r\n\(host)\r\n", 421),
            bad("an https target in capitals", "GET HTTPS://a/ HTTP/1.1\r\n\(host)\r\n", 421),
            bad("an https target of HTTP/1.0", "GET https://a/ HTTP/1.0\r\n\r\n", 421),
        ])

    static let targets = WireGroup(
        "targets",
        [
            "/#a", "/a#", "http://u:p@a/", "http://u@a/", "http://a:99999/", "http://a:b/", "http:///x", "http:a",
            "http:/a",
            "ftp://a/", "a", "a/b", "?a", "*", "*/a", "**", "a:80", "http://a\\b/", ".", "http://", "javascript:1",
            "/\u{C3}\u{A9}", ";",
        ].map { bad($0, "GET \($0) HTTP/1.1\r\n\(host)\r\n") },
        ["POST", "HEAD", "PUT", "TRACE", "QUERY"].map {
            bad("* of \($0)", "\($0) * HTTP/1.1\r\n\(host)\r\n")
        },
        ["/", "a", "a:", "a:b", "http://a/", "*", "a:99999", ":80", "a:80/"].map {
            bad("\($0) of CONNECT", "CONNECT \($0) HTTP/1.1\r\n\(host)\r\n")
        },
        // No path that a client can write does harm, and none ends the connection.
        [
            "//", "//a/b", "/../etc/passwd", "/./", "/%00", "/%0d%0aX:y", "/%zz", "/%", "/%2e%2e/etc",
            "/..%2f..%2fetc",
            "/%5c", "/%c0%af", "/%ff", "/%25", "/\"a\"", "/[a]{b}|c^`", "/?a?b?c", "/?%zz", "/?%00", "/a:b", "/@a",
            "/\\a\\..", "/\(repeated("../", 1000))", "/\(repeated("a/", 4000))",
        ].map { good($0, "GET \($0) HTTP/1.1\r\n\(host)\r\n", [200, 308, 400, 404]) },
        [
            good("16 KiB", "GET /\(repeated("a", 16_383)) HTTP/1.1\r\n\(host)\r\n", [404]),
            bad("16 KiB and a byte", "GET /\(repeated("a", 16_384)) HTTP/1.1\r\n\(host)\r\n", 414),
            good("a query of 16 KiB", "GET /?\(repeated("a", 16_382)) HTTP/1.1\r\n\(host)\r\n", [200]),
            bad("a query beyond", "GET /?\(repeated("a", 16_383)) HTTP/1.1\r\n\(host)\r\n", 414),
            good("* of OPTIONS", "OPTIONS * HTTP/1.1\r\n\(host)\r\n", [200, 204, 404]),
        ])

    static let versions = WireGroup(
        "versions",
        [
            "HTTP/1.10", "HTTP/01.1", "HTTP/1.01", "HTTP/11.1", "HTTP/1", "HTTP/1.", "HTTP/.1", "HTTP/", "HTTP",
            "http/1.1",
            "Http/1.1", "HTTP 1.1", "HTTP/1,1", "HTTP/a.b", "HTTP/1.1.1", "HTTP/-1.1", "HTTP/+1.1", "HTTP/1.a",
            "HTTP/1.1x",
            "xHTTP/1.1", "HTTPS/1.1", "HTTP\\1.1", "ICE/1.0", "RTSP/1.0", "HTTP/4294967295.255", "HTTP/0x1.1",
            "HTTP//1.1",
            "/1.1", "1.1", "HTTP/\r\r1.1", "HTTP/1.1;", "HTTP/1 .1", "HTTP /1.1", "HTTP/1.1,HTTP/1.0", "HTTP/2",
        ].map { bad($0, "GET / \($0)\r\n\(host)\r\n") },
        ["HTTP/2.0", "HTTP/3.0", "HTTP/9.9", "HTTP/0.9", "HTTP/0.0", "HTTP/1.2"].map {
            bad($0, "GET / \($0)\r\n\(host)\r\n", 505)
        },
        [
            bad("none", "GET /\r\n\r\n"),
            bad("none but fields", "GET /\r\n\(host)\r\n"),
            bad("none but a space", "GET / \r\n\r\n"),
            bad("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        ])

    static let methods = WireGroup(
        "methods",
        ["get", "Get", "FOO", "PROPFIND", "M-SEARCH", "A", "GETT", "TRACE", "PUT", repeated("A", 32)].map {
            good($0, "\($0) / HTTP/1.1\r\n\(host)\r\n", [405])
        },
        [
            bad("33 letters", "\(repeated("A", 33)) / HTTP/1.1\r\n\(host)\r\n", 501),
            bad("1000 letters", "\(repeated("A", 1000)) / HTTP/1.1\r\n\(host)\r\n", 501),
            bad("HEAD without a host", "HEAD / HTTP/1.1\r\n\r\n"),
            bad("HEAD of a target without an end", "HEAD /\(repeated("a", 20_000))", 414),
            bad("HEAD of a target that is too long", "HEAD /\(repeated("a", 16_384)) HTTP/1.1\r\n\(host)\r\n", 414),
            bad("HEAD of another version", "HEAD / HTTP/2.0\r\n\(host)\r\n", 505),
            bad("HEAD and two spaces", "HEAD  / HTTP/1.1\r\n\(host)\r\n"),
            bad("HEAD with too many fields", "HEAD / HTTP/1.1\r\n\(host)\(fields(100))\r\n", 431),
            bad("none", " / HTTP/1.1\r\n\(host)\r\n"),
            bad("a word alone", "hello\r\n\r\n"),
            bad("in quotes", "\"GET\" / HTTP/1.1\r\n\(host)\r\n"),
            bad("words before it", "Extra lineGET / HTTP/1.1\r\n\(host)\r\n"),
            good("HEAD", "HEAD / HTTP/1.1\r\n\(host)\r\n", [200]),
            good("HEAD of a stream", "HEAD /stream HTTP/1.1\r\n\(host)\r\n", [200]),
            good("HEAD of what is not there", "HEAD /nowhere HTTP/1.1\r\n\(host)\r\n", [404]),
            good("HEAD with content", "HEAD / HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\nhello", [200]),
            good("GET with content", "\(get)\(host)Content-Length: 5\r\n\r\nhello", [200]),
            good("OPTIONS", "OPTIONS / HTTP/1.1\r\n\(host)\r\n", [204]),
            good("405 with content", "PUT / HTTP/1.1\r\n\(host)Content-Length: 5\r\n\r\nhello", [405]),
        ])

    static let sizes = WireGroup(
        "sizes",
        [
            good("100 fields", "\(get)\(host)\(fields(99))\r\n", [200]),
            bad("101 fields", "\(get)\(host)\(fields(100))\r\n", 431),
            bad("20,000 fields", "\(get)\(host)\(fields(20_000))\r\n", 431),
            good("fields of 32 KiB", "\(get)\(host)X: \(repeated("a", 32_754))\r\n\r\n", [200]),
            bad("fields of 32 KiB and a byte", "\(get)\(host)X: \(repeated("a", 32_755))\r\n\r\n", 431),
            bad("a name of 40,000 bytes", "\(get)\(host)\(repeated("X", 40_000)): a\r\n\r\n", 431),
            bad("90 fields of 400 bytes", "\(get)\(host)\(fields(90, size: 400))\r\n", 431),
            bad("a value without an end", "\(get)\(host)X: \(repeated("a", 300_000))", 431),
            bad("a target without an end", "GET /\(repeated("a", 300_000))", 414),
            bad("a method without an end", repeated("A", 100_000), 414),
        ])

    static let expectations = WireGroup(
        "Expect",
        ["miracles", "200-ok", "100-continue, x", "100-continuex", "100-continue=1"].map {
            bad($0, "\(post)Expect: \($0)\r\nContent-Length: 5\r\n\r\nhello", 417)
        },
        [
            good("on GET", "\(get)\(host)Expect: 100-continue\r\n\r\n", [200]),
            good(
                "with the content", "\(post)Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello", body: "hello"),
            row("in HTTP/1.0", "GET / HTTP/1.0\r\nExpect: miracles\r\n\r\n", answers: [[200]], .closes),
        ])

    static let connections = WireGroup(
        "Connection",
        ["close", "CLOSE", "x, close", "close, keep-alive", "\tclose\t", ",,close,,"].map {
            row($0, "\(get)\(host)Connection: \($0)\r\n\r\n", answers: [[200]], .closes)
        },
        [
            "keep-alive", "closed", "", ",", "clo se", "close-x", "TE", "host", "x", "Upgrade\r\nUpgrade: websocket",
            "Upgrade\r\nUpgrade: h2c",
        ].map {
            good($0, "\(get)\(host)Connection: \($0)\r\n\r\n", [200])
        },
        ["", "Connection: close\r\n", "Connection: keep-alive, close\r\n", "Connection: x\r\n"].map {
            row("HTTP/1.0 \($0)", "GET / HTTP/1.0\r\n\($0)\r\n", answers: [[200]], .closes)
        },
        [
            good("HTTP/1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", [200]),
            row(
                "a stream for HTTP/1.0", "GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", answers: [[200]],
                .closes),
            row(
                "two fields", "\(get)\(host)Connection: x\r\nCONNECTION: y, Close\r\n\r\n", answers: [[200]], .closes),
            row(
                "HTTP/1.0 keep-alive and close",
                "GET / HTTP/1.0\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n", answers: [[200]], .closes),
            row(
                "HTTP/1.0 and the field Keep-Alive alone", "GET / HTTP/1.0\r\nKeep-Alive: timeout=5\r\n\r\n",
                answers: [[200]], .closes),
            good("Proxy-Connection", "\(get)\(host)Proxy-Connection: close\r\n\r\n", [200]),
        ])
}
