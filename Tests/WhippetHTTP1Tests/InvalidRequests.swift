// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetHTTP1

private let line = "GET / HTTP/1.1\r\n"
private let host = "Host: a\r\n"
private let start = "POST / HTTP/1.1\r\nHost: a\r\n"

/// Requests that break a rule of RFC 9110 or RFC 9112.
///
/// The cases follow the grammar and what is known to have gone wrong in other servers: the named cases of llhttp's
/// tests, the list of differences found with the HTTP Garden, and h1spec.
let invalidRequests: [InvalidRequest] = [
    // Line ends.
    InvalidRequest("LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", .bareLineFeed),
    InvalidRequest("LF after a field", "\(line)Host: a\n\r\n", .bareLineFeed),
    InvalidRequest("LF as the empty line", "\(line)\(host)\n", .bareLineFeed),
    InvalidRequest("LF everywhere", "GET / HTTP/1.1\nHost: a\nConnection: close\n\n", .bareLineFeed),
    InvalidRequest("LF before the request line", "\nGET / HTTP/1.1\r\n\(host)\r\n", .bareLineFeed),
    InvalidRequest("LF between target and version", "GET /\nHTTP/1.1\r\n\(host)\r\n", .bareLineFeed),
    InvalidRequest("LF at once behind a colon", "\(start)x:\nTransfer-Encoding: chunked\r\n\r\n", .bareLineFeed),
    InvalidRequest(
        "LF in a value that hides a field", "\(start)x:x\nTransfer-Encoding: chunked\r\n\r\n", .bareLineFeed),
    InvalidRequest("LF in a name", "\(line)\(host)Te\nst: test\r\n\r\n", .bareLineFeed),
    InvalidRequest("two LF behind a colon", "\(line)\(host)Useless:\n\nGET / HTTP/1.1\r\n\r\n", .bareLineFeed),
    InvalidRequest("CR before the request line", "\rGET / HTTP/1.1\r\n\(host)\r\n", .bareCarriageReturn),
    InvalidRequest("CR behind the request line", "GET / HTTP/1.1\rHost: a\r\n\r\n", .bareCarriageReturn),
    InvalidRequest("CR CR LF behind the request line", "GET / HTTP/1.1\r\r\n\(host)\r\n", .bareCarriageReturn),
    InvalidRequest("CR in the method", "GE\rT / HTTP/1.1\r\n\(host)\r\n", .bareCarriageReturn),
    InvalidRequest("CR in the target", "GET /a\rb HTTP/1.1\r\n\(host)\r\n", .bareCarriageReturn),
    InvalidRequest("CR in the version", "GET / HTTP/\r\r1.1\r\n\(host)\r\n", .bareCarriageReturn),
    InvalidRequest("CR in a value", "\(line)\(host)Header: va\rlue\r\n\r\n", .bareCarriageReturn),
    InvalidRequest("CR between fields", "\(line)\(host)Foo: 1\rBar: 2\r\n\r\n", .bareCarriageReturn),
    InvalidRequest("CR at once behind a colon", "\(start)x:\rTransfer-Encoding: chunked\r\n\r\n", .bareCarriageReturn),
    InvalidRequest("CR in a name", "\(line)\(host)Content\rLength: 3\r\n\r\n", .bareCarriageReturn),
    InvalidRequest("CR CR LF behind a value", "\(line)\(host)X: y\r\r\n\r\n", .bareCarriageReturn),
    InvalidRequest(
        "CR and a byte as the empty line", "\(line)\(host)\rZGET /evil: HTTP/1.1\r\n\r\n", .bareCarriageReturn),
    InvalidRequest("CR CR LF as the empty line", "\(line)\(host)\r\r\n\r\n", .bareCarriageReturn),

    // Request lines.
    InvalidRequest("five empty lines", "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\(host)\r\n", .tooManyEmptyLines),
    InvalidRequest("no method", " / HTTP/1.1\r\n\(host)\r\n", .invalidMethod),
    InvalidRequest("a NUL behind the method", "PUT\0 / HTTP/1.1\r\n\(host)\r\n", .invalidMethod),
    InvalidRequest("NULs behind the method", "GET\0\0\0 / HTTP/1.1\r\n\(host)\r\n", .invalidMethod),
    InvalidRequest("a NUL for a method", "\0 / HTTP/............0596.7407.\r\n\r\n", .invalidMethod),
    InvalidRequest("the first byte of TLS", "\u{16}\u{03}\u{01}\u{02}", .invalidMethod),
    InvalidRequest("a method that is no token", "G=\":<>(e),[T];?\" /get HTTP/1.1\r\n\(host)\r\n", .invalidMethod),
    InvalidRequest("a method behind white space", "\tGET / HTTP/1.1\r\n\(host)\r\n", .invalidMethod),
    InvalidRequest("a tab behind the method", "GET\t/ HTTP/1.1\r\n\(host)\r\n", .invalidMethod),
    InvalidRequest("a method with a byte above 127", "G\u{C9}T / HTTP/1.1\r\n\(host)\r\n", .invalidMethod),
    InvalidRequest(
        "a method of 33 bytes", "\(String(repeating: "M", count: 33)) / HTTP/1.1\r\n\(host)\r\n", .methodTooLong),
    InvalidRequest("a word alone", "Invalid\r\n\r\n", .malformedRequestLine),
    InvalidRequest("a method and a space", "GET \r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("no version", "GET /\r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("no target", "GET HTTP/1.1\r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("an empty target", "GET  HTTP/1.1\r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("two spaces before the target", "GET  / HTTP/1.1\r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("two spaces behind the target", "GET /  HTTP/1.1\r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("a space in the target", "GET /a b HTTP/1.1\r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("words before the method", "Extra lineGET / HTTP/1.1\r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("a space behind the version", "GET / HTTP/1.1 \r\n\(host)\r\n", .malformedRequestLine),
    InvalidRequest("a tab before the version", "GET /\tHTTP/1.1\r\n\(host)\r\n", .malformedRequestLine),

    // Versions.
    InvalidRequest("HTTP/2.0", "GET / HTTP/2.0\r\n\(host)\r\n", .unsupportedVersion),
    InvalidRequest("the first line of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .unsupportedVersion),
    InvalidRequest("HTTP/0.9", "GET / HTTP/0.9\r\n\(host)\r\n", .unsupportedVersion),
    InvalidRequest("HTTP/1.2", "GET / HTTP/1.2\r\n\(host)\r\n", .unsupportedVersion),
    InvalidRequest("HTTP/9.9", "GET / HTTP/9.9\r\n\(host)\r\n", .unsupportedVersion),
    InvalidRequest("two digits behind the point", "GET / HTTP/1.10\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("two digits before the point", "GET / HTTP/11.1\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("a leading zero", "GET / HTTP/01.1\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("a version that overflows", "GET / HTTP/4294967295.255\r\n\r\n", .malformedVersion),
    InvalidRequest("no minor version", "GET / HTTP/1\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("a comma for the point", "GET / HTTP/1,1\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("letters for digits", "GET / HTTP/a.b\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("lower case", "GET / http/1.1\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("a letter too many", "GET / HTTPS/1.1\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("a letter before it", "GET /music IHTTP/1.0\r\n\r\n", .malformedVersion),
    InvalidRequest("ICE", "SOURCE /music ICE/1.0\r\n\(host)\r\n", .malformedVersion),
    InvalidRequest("RTSP", "PUT /music RTSP/1.0\r\n\(host)\r\n", .malformedVersion),

    // Targets.
    InvalidRequest("a fragment", "GET /a#b HTTP/1.1\r\n\(host)\r\n", .invalidTarget),
    InvalidRequest("a NUL", "GET /a\0b HTTP/1.1\r\n\(host)\r\n", .invalidTarget),
    InvalidRequest("a tab", "GET /a\tb HTTP/1.1\r\n\(host)\r\n", .invalidTarget),
    InvalidRequest("a vertical tab", "GET /a\u{0B}b HTTP/1.1\r\n\(host)\r\n", .invalidTarget),
    InvalidRequest("a delete byte", "GET /a\u{7F}b HTTP/1.1\r\n\(host)\r\n", .invalidTarget),
    InvalidRequest("UTF-8", "GET /\u{CE}\u{B4}/pope?q=1 HTTP/1.1\r\n\(host)\r\n", .invalidTarget),
    InvalidRequest(
        "the last byte of a long target", "GET /0123456789abcdef\u{80} HTTP/1.1\r\n\(host)\r\n", .invalidTarget),
    InvalidRequest("no slash", "GET a HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("a sign alone", "GET ! HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("a query alone", "GET ?a=b HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("an asterisk with GET", "GET * HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("two asterisks", "OPTIONS ** HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("an authority with GET", "GET b:80 HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("another scheme", "GET ftp://b/ HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("one slash behind the scheme", "GET http:/b HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("an absolute target without a host", "GET http:///x HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("a query for a host", "GET http://?x HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("user information", "GET http://u:p@b/ HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("a path with CONNECT", "CONNECT / HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("CONNECT without a port", "CONNECT b HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("CONNECT with an empty port", "CONNECT b: HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),
    InvalidRequest("CONNECT with a URL", "CONNECT http://b:1/ HTTP/1.1\r\n\(host)\r\n", .invalidTargetForm),

    // Field lines.
    InvalidRequest("no name", "\(line)\(host): value\r\n\r\n", .emptyFieldName),
    InvalidRequest("a colon alone", "\(line)\(host):\r\nI: am chopped off\r\n\r\n", .emptyFieldName),
    InvalidRequest("no colon", "\(line)\(host)Connection\r\n\r\n", .missingColon),
    InvalidRequest("no colon but a space", "\(line)\(host)Content-Length 10\r\n\r\n", .invalidFieldName),
    InvalidRequest("an at sign in a name", "\(line)\(host)Fo@: Failure\r\n\r\n", .invalidFieldName),
    InvalidRequest("brackets in a name", "\(line)\(host)X-Invalid[]: test\r\n\r\n", .invalidFieldName),
    InvalidRequest("a control byte in a name", "\(line)\(host)Foo\u{01}test: Bar\r\n\r\n", .invalidFieldName),
    InvalidRequest("a NUL in a name", "\(line)a:b\r\nc\0\r\n\(host)\r\n", .invalidFieldName),
    InvalidRequest("a first byte above 127 in a name", "\(line)\(host)\u{EF}foo: bar\r\n\r\n", .invalidFieldName),
    InvalidRequest(
        "a last byte above 127 in a name", "\(line)\(host)Content-Length\u{85}: 10\r\n\r\n", .invalidFieldName),
    InvalidRequest("a space in a name", "\(line)\(host)en-US Content-Type: text/xml\r\n\r\n", .invalidFieldName),
    InvalidRequest("a space before the colon", "\(start)Content-Length : 4\r\n\r\n", .whitespaceBeforeColon),
    InvalidRequest("a tab before the colon", "\(start)Transfer-Encoding\t: chunked\r\n\r\n", .whitespaceBeforeColon),
    InvalidRequest("a folded value", "\(line)\(host)Line1: abc\r\n def\r\n\r\n", .obsoleteLineFolding),
    InvalidRequest(
        "a value folded with a tab", "\(start)Transfer-Encoding: chunked\r\n\tabc\r\n\r\n", .obsoleteLineFolding),
    InvalidRequest("a folded name", "\(line)\(host)name\r\n : value\r\n\r\n", .missingColon),
    InvalidRequest("a name on two lines", "\(start)Transfer-\r\nEncoding: chunked\r\n\r\n", .missingColon),
    InvalidRequest("white space before the first name", "\(line)\tHost: a\r\n\r\n", .obsoleteLineFolding),
    InvalidRequest("a line of one space", "\(line)\(host) \r\n\r\n", .obsoleteLineFolding),
    InvalidRequest("a NUL in a value", "\(line)\(host)Header: v\0alue\r\n\r\n", .invalidFieldValue),
    InvalidRequest("a NUL at the end of a value", "\(line)\(host)Evil: evil\0\r\n\r\n", .invalidFieldValue),
    InvalidRequest("a NUL in a host", "\(line)Host: google.com\0.example.org\r\n\r\n", .invalidFieldValue),
    InvalidRequest("a bell in a value", "\(line)\(host)X-Bad: test\u{07}\r\n\r\n", .invalidFieldValue),
    InvalidRequest(
        "a delete byte in a value", "\(line)\(host)X-Bad: longer than a word\u{7F}\r\n\r\n", .invalidFieldValue),
    InvalidRequest(
        "a vertical tab before chunked", "\(start)Transfer-Encoding: \u{0B}chunked\r\n\r\n", .invalidFieldValue),

    // Hosts.
    InvalidRequest("no host", "\(line)X: y\r\n\r\n", .missingHost),
    InvalidRequest("no fields", "\(line)\r\n", .missingHost),
    InvalidRequest("no host beside an absolute target", "GET http://b/ HTTP/1.1\r\n\r\n", .missingHost),
    InvalidRequest("two hosts", "\(line)\(host)Host: b\r\n\r\n", .repeatedHost),
    InvalidRequest("the same host twice", "\(line)\(host)\(host)\r\n", .repeatedHost),
    InvalidRequest("two hosts in HTTP/1.0", "GET / HTTP/1.0\r\n\(host)\(host)\r\n", .repeatedHost),
    InvalidRequest("an empty host", "\(line)Host:\r\n\r\n", .invalidHost),
    InvalidRequest("an empty host in HTTP/1.0", "GET / HTTP/1.0\r\nHost: \r\n\r\n", .invalidHost),
    InvalidRequest("a port alone", "\(line)Host: :80\r\n\r\n", .invalidHost),
    InvalidRequest("two hosts joined by a comma", "\(line)Host: a,b\r\n\r\n", .invalidHost),
    InvalidRequest("a list of hosts", "\(line)Host: a, b\r\n\r\n", .invalidHost),
    InvalidRequest("a space in a host", "\(line)Host: a b\r\n\r\n", .invalidHost),
    InvalidRequest("a path in a host", "\(line)Host: a/b\r\n\r\n", .invalidHost),
    InvalidRequest("user information in a host", "\(line)Host: u@a\r\n\r\n", .invalidHost),
    InvalidRequest("a URL for a host", "\(line)Host: http://a\r\n\r\n", .invalidHost),
    InvalidRequest("a port of letters", "\(line)Host: a:b\r\n\r\n", .invalidHost),
    InvalidRequest("a port above 65535", "\(line)Host: a:65536\r\n\r\n", .invalidHost),
    InvalidRequest("a signed port", "\(line)Host: a:+80\r\n\r\n", .invalidHost),
    InvalidRequest("two ports", "\(line)Host: a:80:80\r\n\r\n", .invalidHost),
    InvalidRequest("a broken percent sign", "\(line)Host: a%4\r\n\r\n", .invalidHost),
    InvalidRequest("a byte above 127 in a host", "\(line)Host: \u{FF}a\u{FF}\r\n\r\n", .invalidHost),
    InvalidRequest("an open bracket", "\(line)Host: [::1\r\n\r\n", .invalidHost),
    InvalidRequest("an address without brackets", "\(line)Host: ::1\r\n\r\n", .invalidHost),
    InvalidRequest("bytes behind the bracket", "\(line)Host: [::1]a\r\n\r\n", .invalidHost),

    // Lengths.
    InvalidRequest("an empty length", "\(start)Content-Length: \r\n\r\n", .invalidContentLength),
    InvalidRequest("a plus sign", "\(start)Content-Length: +1\r\n\r\n", .invalidContentLength),
    InvalidRequest("a minus sign", "\(start)Content-Length: -48\r\n\r\n", .invalidContentLength),
    InvalidRequest(
        "a minus sign and an overflow", "\(start)Content-Length: -123456789123456789123456789\r\n\r\n",
        .invalidContentLength),
    InvalidRequest("letters", "\(start)Content-Length: abc\r\n\r\n", .invalidContentLength),
    InvalidRequest("a digit and a letter", "\(start)Content-Length: 1Z\r\n\r\n", .invalidContentLength),
    InvalidRequest("a hexadecimal length", "\(start)Content-Length: 0x10\r\n\r\n", .invalidContentLength),
    InvalidRequest("an underscore", "\(start)Content-Length: 1_0\r\n\r\n", .invalidContentLength),
    InvalidRequest("a space inside", "\(start)Content-Length: 4 2\r\n\r\n", .invalidContentLength),
    InvalidRequest("a fraction", "\(start)Content-Length: 4.0\r\n\r\n", .invalidContentLength),
    InvalidRequest("quotes", "\(start)Content-Length: \"4\"\r\n\r\n", .invalidContentLength),
    InvalidRequest("a byte above 127", "\(start)Content-Length: \u{A0}4\r\n\r\n", .invalidContentLength),
    InvalidRequest("a list of equal lengths", "\(start)Content-Length: 4, 4\r\n\r\n", .invalidContentLength),
    InvalidRequest("a list of lengths", "\(start)Content-Length: 4, 5\r\n\r\n", .invalidContentLength),
    InvalidRequest("2^63", "\(start)Content-Length: 9223372036854775808\r\n\r\n", .invalidContentLength),
    InvalidRequest("2^64 and 5", "\(start)Content-Length: 18446744073709551621\r\n\r\n", .invalidContentLength),
    InvalidRequest("22 digits", "\(start)Content-Length: 1000000000000000000000\r\n\r\n", .invalidContentLength),
    InvalidRequest(
        "two lengths", "\(start)Content-Length: 1\r\nContent-Length: 2\r\n\r\n", .repeatedContentLength),
    InvalidRequest(
        "the same length twice", "\(start)Content-Length: 1\r\ncontent-length: 1\r\n\r\n", .repeatedContentLength),
    InvalidRequest(
        "an empty length and another", "\(start)Content-Length: \r\nContent-Length: 43\r\n\r\n", .invalidContentLength),

    // Transfer codings.
    InvalidRequest(
        "a length and chunked", "\(start)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        .contentLengthWithTransferEncoding),
    InvalidRequest(
        "chunked and a length", "\(start)TransFer-Encoding: chunked\r\ncontent-LengtH: 5\r\n\r\n0\r\n\r\n",
        .contentLengthWithTransferEncoding),
    InvalidRequest(
        "an empty list element and a length", "\(start)Transfer-Encoding: ,chunked\r\nContent-Length: 5\r\n\r\n",
        .contentLengthWithTransferEncoding),
    InvalidRequest(
        "empty codings and a length", "\(start)Content-Length: 10\r\nTransfer-Encoding:\r\nTransfer-Encoding:\r\n\r\n",
        .contentLengthWithTransferEncoding),
    InvalidRequest(
        "identity and a length", "\(start)Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n",
        .contentLengthWithTransferEncoding),
    InvalidRequest("no coding", "\(start)Transfer-Encoding: \r\n\r\n", .chunkedNotFinal),
    InvalidRequest("identity", "\(start)Transfer-Encoding: identity\r\n\r\n", .chunkedNotFinal),
    InvalidRequest("an unknown coding", "\(start)Transfer-Encoding: pigeons\r\n\r\n", .chunkedNotFinal),
    InvalidRequest("chunked before another", "\(start)Transfer-Encoding: chunked, deflate\r\n\r\n", .chunkedNotFinal),
    InvalidRequest(
        "chunked before another field", "\(start)Transfer-Encoding: chunked\r\nTransfer-Encoding: deflate\r\n\r\n",
        .chunkedNotFinal),
    InvalidRequest("chunked twice in a list", "\(start)Transfer-Encoding: chunked,chunked\r\n\r\n", .chunkedNotFinal),
    InvalidRequest(
        "chunked twice", "\(start)Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", .chunkedNotFinal),
    InvalidRequest("chunkedchunked", "\(start)Transfer-Encoding: chunkedchunked\r\n\r\n", .chunkedNotFinal),
    InvalidRequest("chunked with a parameter", "\(start)Transfer-Encoding: chunked;a=b\r\n\r\n", .chunkedNotFinal),
    InvalidRequest("chunked in quotes", "\(start)Transfer-Encoding: \"chunked\"\r\n\r\n", .chunkedNotFinal),
    InvalidRequest("chunked and a space", "\(start)Transfer-Encoding: chunked x\r\n\r\n", .chunkedNotFinal),
    InvalidRequest(
        "chunked between bytes above 127", "\(start)Transfer-Encoding: \u{A0}chunked\u{A0}\r\n\r\n", .chunkedNotFinal),
    InvalidRequest(
        "an unknown coding under chunked", "\(start)Transfer-Encoding: gzip, chunked\r\n\r\n",
        .unsupportedTransferCoding),
    InvalidRequest(
        "an unknown coding in a field before",
        "\(start)Transfer-Encoding: deflate\r\nTransfer-Encoding: chunked\r\n\r\n",
        .unsupportedTransferCoding),
    InvalidRequest(
        "chunked in HTTP/1.0", "POST / HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n\r\n",
        .transferEncodingWithoutHTTP11),

    // Expectations.
    InvalidRequest("an unknown expectation", "\(start)Expect: 200-ok\r\n\r\n", .unsupportedExpectation),
    InvalidRequest(
        "one expectation of two is unknown", "\(start)Expect: 100-continue, b\r\n\r\n", .unsupportedExpectation),
]
