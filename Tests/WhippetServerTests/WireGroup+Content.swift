// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Content, and what comes behind a request.
extension WireGroup {
    static let lengths = WireGroup(
        "Content-Length",
        [
            "+1", "-1", "-48", "-0", "+0", "0x1", "1_0", "1 0", "1,", ",1", "1,1", "1, 1", "1, 2", "1;a", "1.0", "1e1",
            "abc",
            "", " ", "\"1\"", "1Z", "Z1", "1-", "9223372036854775808", "18446744073709551616", "18446744073709551617",
            "99999999999999999999999999", "-9223372036854775809", "1/2", "1%31", "null", "NaN",
        ].flatMap { (value: String) -> [WireCase] in
            [
                bad("\(value)", "\(post)Content-Length: \(value)\r\n\r\n0123456789"),
                bad("\(value) of GET", "\(get)\(host)Content-Length: \(value)\r\n\r\n0123456789"),
            ]
        },
        [("1", "2"), ("1", "1"), ("0", "0"), ("0", "5"), ("5", "abc"), ("", "5"), ("5", ""), ("abc", "5")].map {
            bad("\($0) and \($1)", "\(post)Content-Length: \($0)\r\ncontent-length: \($1)\r\n\r\n01234")
        },
        [
            good("leading zeros", "\(post)Content-Length: \(repeated("0", 60))5\r\n\r\nhello", body: "hello"),
            good("0", "\(post)Content-Length: 0\r\n\r\n", body: ""),
            good("none", "\(post)\r\n", body: ""),
            bad("2^63 − 1", "\(post)Content-Length: 9223372036854775807\r\n\r\n", 413),
            bad("10 GB, of which nothing comes", "\(post)Content-Length: 10000000000\r\n\r\n", 413),
            bad(
                "1 MiB and a byte",
                "POST /count HTTP/1.1\r\n\(host)Content-Length: 1048577\r\n\r\n\(repeated("a", 1_048_577))", 413),
            good(
                "1 MiB",
                "POST /count HTTP/1.1\r\n\(host)Content-Length: 1048576\r\n\r\n\(repeated("a", 1_048_576))",
                body: "1048576"),
        ])

    static let codings = WireGroup(
        "Transfer-Encoding",
        [
            "chunked, chunked", "chunked,chunked", "chunked, gzip", "gzip, chunked", "deflate, chunked",
            "identity, chunked",
            "chunked, identity", "identity", "gzip", "xchunked", "chunkedx", "chunked x", "x chunked", "chunked;q=1",
            "chunked; q=0.5", "chunked;", "\"chunked\"", "'chunked'", "(chunked)", "cow, chunked", "chunked\\", "chunk",
            "",
            " ", ",", "chunked/1.1", "chunked=1", "trailers", "Chunked, Chunked", "chunked,,chunked", "1", "*",
        ].flatMap { (value: String) -> [WireCase] in
            // Not chunked at the end: 400; a coding that is not implemented before it: 501.
            [
                bad("\(value)", "\(post)Transfer-Encoding: \(value)\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 400, 501),
                bad(
                    "a length and \(value)", "\(post)Content-Length: 5\r\nTransfer-Encoding: \(value)\r\n\r\nhello",
                    400, 501),
            ]
        },
        [("chunked", "chunked"), ("chunked", "gzip"), ("gzip", "chunked"), ("chunked", "identity"), ("", "")].map {
            bad(
                "\($0) and \($1)",
                "\(post)Transfer-Encoding: \($0)\r\nTransfer-Encoding: \($1)\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 400, 501)
        },
        ["chunked", "CHUNKED", "chUnkEd", ",chunked", "chunked,", ", chunked ,", "\tchunked", "chunked\t"].flatMap {
            [
                good("\($0)", "\(post)Transfer-Encoding:\($0)\r\n\r\n5\r\nhello\r\n0\r\n\r\n", body: "hello"),
                bad(
                    "\($0) and a length", "\(post)Transfer-Encoding: \($0)\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
                bad(
                    "a length and \($0)", "\(post)Content-Length: 5\r\nTransfer-Encoding: \($0)\r\n\r\n0\r\n\r\n"),
                bad(
                    "\($0) in HTTP/1.0", "POST /echo HTTP/1.0\r\n\(host)Transfer-Encoding: \($0)\r\n\r\n0\r\n\r\n"),
                bad(
                    "\($0) in HTTP/1.0 with keep-alive",
                    "POST /echo HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: \($0)\r\n\r\n0\r\n\r\n"),
            ]
        },
        [
            bad("an equals sign", "\(post)Transfer-Encoding=chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
            bad("a space in the name", "\(post)Transfer Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
            bad("a name behind CR", "\(post)X: y\rTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
            bad("a name behind LF", "\(post)X:\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
            bad(
                "a name behind CR LF CR", "\(post)X: y\r\n\rTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
            bad(
                "the Kelvin sign", "\(post)Transfer-Encoding: chun\u{E2}\u{84}\u{AA}ed\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                400,
                501),
            good("TE", "\(post)TE: chunked\r\nContent-Length: 5\r\n\r\nhello", body: "hello"),
            bad("a name on two lines", "\(post)Transfer-\r\nEncoding: chunked\r\n\r\n0\r\n\r\n"),
            good(
                "an underscore", "\(post)Transfer_Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", body: "hello"),
        ])

    static let chunks = WireGroup(
        "chunks",
        [
            ("+5\r\nhello\r\n0\r\n\r\n"), ("-5\r\nhello\r\n0\r\n\r\n"), ("0x5\r\nhello\r\n0\r\n\r\n"),
            ("0X5\r\nhello\r\n0\r\n\r\n"), ("0_5\r\nhello\r\n0\r\n\r\n"), (" 5\r\nhello\r\n0\r\n\r\n"),
            ("\t5\r\nhello\r\n0\r\n\r\n"), ("5 \r\nhello\r\n0\r\n\r\n"), ("\r\n\r\n"), ("\r\n5\r\nhello\r\n0\r\n\r\n"),
            (";a\r\nhello\r\n0\r\n\r\n"), ("5g\r\nhello\r\n0\r\n\r\n"), ("G\r\nhello\r\n0\r\n\r\n"),
            ("\"5\"\r\nhello\r\n0\r\n\r\n"), ("5.0\r\nhello\r\n0\r\n\r\n"), ("5,5\r\nhello\r\n0\r\n\r\n"),
            ("8000000000000000\r\nhello\r\n0\r\n\r\n"), ("10000000000000000\r\n\r\n0\r\n\r\n"),
            ("10000000000000005\r\nhello\r\n0\r\n\r\n"), ("ffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
            ("fffffffffffffffe\r\nhello\r\n"), ("5\nhello\r\n0\r\n\r\n"), ("5\r\nhello\n0\r\n\r\n"),
            ("5\r\nhello\r\n0\n\r\n"), ("5\r\nhello\r\n0\r\n\n"), ("5\rhello\r\n0\r\n\r\n"),
            ("5\r\r\nhello\r\n0\r\n\r\n"),
            ("5\rX\nhello\r\n0\r\n\r\n"), ("5\r\nhello\rX0\r\n\r\n"), ("5\r\nhelloXX0\r\n\r\n"),
            ("5\r\nhello0\r\n\r\n"),
            ("3\r\nhello\r\n0\r\n\r\n"), ("7\r\nhello\r\n0\r\n\r\n"), ("5;a\nb\r\nhello\r\n0\r\n\r\n"),
            ("5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n"), ("5;a\rb\r\nhello\r\n0\r\n\r\n"), ("5;a\0\r\nhello\r\n0\r\n\r\n"),
            ("5;a=\"b\r\nhello\r\n0\r\n\r\n"), ("5;=b\r\nhello\r\n0\r\n\r\n"), ("5;\r\nhello\r\n0\r\n\r\n"),
            ("0\r\nabc\r\n\r\n"), ("0\r\n: a\r\n\r\n"), ("0\r\nX: a\r\n b\r\n\r\n"), ("0\r\nX : a\r\n\r\n"),
            ("0\r\nX: a\n\r\n"), ("0\r\nX: \0\r\n\r\n"), ("0\r\nX: a\rb\r\n\r\n"), ("0\r\nX@: a\r\n\r\n"),
            ("0\r\n X: a\r\n\r\n"), ("0\r\nGET / HTTP/1.1\r\n\r\n"), ("0\r\nX:POST / HTTP/1.1\r\n\n"),
            ("5\r\r;ABCD\r\nhello\r\n0\r\n\r\n"), ("5;a=b\r\rhello\r\n0\r\n\r\n"), ("5 \r;a\r\nhello\r\n0\r\n\r\n"),
            ("-0x0\r\n\r\n"), ("5\u{85}\r\nhello\r\n0\r\n\r\n"), ("1these-bytes\r\nZ\r\n0\r\n\r\n"),
            ("5 5\r\nhello\r\n0\r\n\r\n"),
            ("5;a b\r\nhello\r\n0\r\n\r\n"), ("5;a=b=c\r\nhello\r\n0\r\n\r\n"), ("5;;a\r\nhello\r\n0\r\n\r\n"),
            ("5;a=\"b\"c\r\nhello\r\n0\r\n\r\n"), ("5;a=\"\0\"\r\nhello\r\n0\r\n\r\n"),
            ("5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"),
            ("5\r\nhello \r\n0\r\n\r\n"), ("5\r\nhello\n\r0\r\n\r\n"), ("5\r\nhello\0\00\r\n\r\n"),
            ("0\r\n\r\r\n"), ("0\r\n\rX"), ("0\r\nXX\r\n\r\n"), ("0\r\n \r\n\r\n"), ("0\r\nX\t: a\r\n\r\n"),
            ("0\r\n\tX: a\r\n\r\n"), ("0\r\nX: a\r\n\tb\r\n\r\n"), ("0\r\n\u{E9}: a\r\n\r\n"), ("0\r\nX\0: a\r\n\r\n"),
            ("17\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n\r\n\r\n0\r\n\r\n"),
            ("5\r\nhello\r\n\r\n0\r\n\r\n"), ("5\r\nhello\r\nxyz\r\n0\r\n\r\n"), ("5\r\nhello\r\n-1\r\n0\r\n\r\n"),
        ].map { bad("\($0)", chunked + $0) },
        [
            ("5\r\nhello\r\n0\r\n\r\n", "hello"), ("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
            ("0\r\n\r\n", ""), ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
            ("a\r\n0123456789\r\n000\r\n\r\n", "0123456789"), ("0005\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5;a=b\r\nhello\r\n0;c\r\n\r\n", "hello"), ("5;a=\"b;c\\\"d\"\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5 ; a = b\r\nhello\r\n0\r\n\r\n", "hello"), ("9\r\n0\r\n\r\nGET \r\n0\r\n\r\n", "0\r\n\r\nGET "),
            (
                "5\r\nhello\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: gzip\r\nHost: b\r\nConnection: close\r\n\r\n",
                "hello"
            ),
        ].map { good("\($0.0)", chunked + $0.0, body: $0.1) },
        [
            bad("a long extension", "\(chunked)5;\(repeated("a", 40_000))\r\nhello\r\n0\r\n\r\n", 400),
            bad("zeros without an end", "\(chunked)\(repeated("0", 40_000))5\r\nhello\r\n0\r\n\r\n", 400),
            bad("many extensions", "\(chunked)\(repeated("1;aaaaaaaa\r\nx\r\n", 4000))0\r\n\r\n", 400),
            bad("a long trailer", "\(chunked)0\r\nX: \(repeated("a", 40_000))\r\n\r\n", 431),
            bad("many trailers", "\(chunked)0\r\n\(repeated("X: a\r\n", 5000))\r\n", 431),
            // Where they come late, the answer is out already.
            bad("broken ones of GET", "\(get)\(host)Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 200, 400),
            bad(
                "broken ones that nobody reads",
                "POST /ignore HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0_2e\r\n\r\n", 200, 400),
            good(
                "good ones that nobody reads",
                "POST /ignore HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n12c\r\n\(repeated("x", 300))\r\n0\r\n\r\n",
                body: "ignored"),
        ])

    static let pipelines = WireGroup(
        "pipelining",
        [
            "garbage\r\n\r\n", "\0\u{1}\u{2}\u{3}\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0",
            "GET / HTTP/1.1\r\n\r\n\(get)\(host)\r\n",
        ].flatMap { (garbage: String) -> [WireCase] in
            ["/", "/wait", "/stream", "/empty"].map {
                row(
                    "\($0) and garbage", "GET \($0) HTTP/1.1\r\n\(host)\r\n\(garbage)", answers: [[200, 204], [400]],
                    .closes)
            }
        },
        [
            row(
                "100 requests", repeated("\(get)\(host)\r\n", 100), answers: Array(repeating: [200], count: 100),
                .goesOn),
            row(
                "one that waits and one that does not", "GET /wait HTTP/1.1\r\n\(host)\r\n\(get)\(host)\r\n",
                answers: [[200], [200]], .goesOn),
            row(
                "behind close", "\(get)\(host)Connection: close\r\n\r\n\(get)\(host)\r\n", answers: [[200]], .closes),
            row("behind HTTP/1.0", "GET / HTTP/1.0\r\n\r\n\(get)\(host)\r\n", answers: [[200]], .closes),
            row(
                "505 behind a good one", "\(get)\(host)\r\nGET / HTTP/2.0\r\n\r\n", answers: [[200], [505]], .closes),
            row(
                "431 behind a good one", "\(get)\(host)\r\n\(get)\(host)\(fields(200))\r\n", answers: [[200], [431]],
                .closes),
            row(
                "content", repeated("\(post)Content-Length: 5\r\n\r\nhello", 3), answers: [[200], [200], [200]], .goesOn
            ),
            row(
                "chunks", repeated("\(chunked)5\r\nhello\r\n0\r\n\r\n", 3), answers: [[200], [200], [200]], .goesOn),
            row(
                "content that nobody reads and looks like a request",
                repeated(
                    "POST /ignore HTTP/1.1\r\n\(host)Content-Length: 27\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 3),
                answers: [[200], [200], [200]], .goesOn),
            row(
                "more content than said", "\(post)Content-Length: 3\r\n\r\nhel{}lo", answers: [[200], [400]], .closes),
            row(
                "much content that nobody reads",
                "POST /ignore HTTP/1.1\r\n\(host)Content-Length: 1000000\r\n\r\n\(repeated("x", 1_000_000))",
                answers: [[200]], .closes),
            row("garbage behind HEAD", "HEAD / HTTP/1.1\r\n\(host)\r\n+\0\r\n\r\n", answers: [[200], [400]], .closes),
            row(
                "HEAD and GET", "HEAD / HTTP/1.1\r\n\(host)\r\n\(get)\(host)\r\n", answers: [[200], [200]], .goesOn),
            row(
                "behind an error", "GET /throw HTTP/1.1\r\n\(host)\r\n\(get)\(host)\r\n", answers: [[500], [200]],
                .goesOn),
            row(
                "behind a 404", "GET /none HTTP/1.1\r\n\(host)\r\n\(get)\(host)\r\n", answers: [[404], [200]], .goesOn),
        ])

    static let otherProtocols = WireGroup(
        "other protocols",
        [
            bad("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{FC}\u{3}\u{3}\(repeated("\u{A5}\0\n", 200))"),
            bad("SSLv2", "\u{80}\u{2E}\u{1}\0\u{2}\(repeated("\0", 40))"),
            bad("SSH", "SSH-2.0-OpenSSH_9.0\r\n"),
            bad("SMTP", "EHLO a\r\n"),
            bad("the proxy protocol", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n\(get)\(host)\r\n"),
            bad("the second proxy protocol", "\r\n\r\n\0\r\nQUIT\n!\u{11}\0\u{C}\(repeated("\0", 12))"),
            bad("Redis", "*1\r\n$4\r\nPING\r\n"),
            bad("JSON", "{\"a\": 1}\r\n"),
            bad("zeros", repeated("\0", 1000)),
        ])
}
