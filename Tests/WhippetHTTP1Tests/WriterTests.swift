// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1
import WhippetInfra

/// What goes out when a writer writes.
private func written(_ write: (inout ByteBuffer) -> Void) -> String {
    var output = ByteBuffer()
    write(&output)
    return text(output.readableBytes)
}

@Suite("Writers")
struct WriterTests {
    @Test(
        "a usual status has its usual reason",
        arguments: [
            (200, "HTTP/1.1 200 OK\r\n"), (204, "HTTP/1.1 204 No Content\r\n"), (404, "HTTP/1.1 404 Not Found\r\n"),
            (431, "HTTP/1.1 431 Request Header Fields Too Large\r\n"), (599, "HTTP/1.1 599 \r\n"),
        ] as [(UInt16, String)])
    func statusLine(_ status: UInt16, _ line: String) {
        #expect(written { ResponseWriter.statusLine(status, into: &$0) } == line)
    }

    @Test("each ready line names its own status")
    func readyLines() {
        for status in UInt16(100)...999 {
            let line = written { ResponseWriter.statusLine(status, into: &$0) }
            #expect(line.hasPrefix("HTTP/1.1 \(status) ") && line.hasSuffix("\r\n"))
        }
    }

    @Test(
        "a reason of one's own is written unless it has a control byte",
        arguments: [
            ("Fine", "HTTP/1.1 200 Fine\r\n"), ("", "HTTP/1.1 200 \r\n"), ("a\r\nb: c", "HTTP/1.1 200 \r\n"),
            ("a\0", "HTTP/1.1 200 \r\n"),
        ])
    func reason(_ reason: String, _ line: String) {
        #expect(written { ResponseWriter.statusLine(200, reason: reason, into: &$0) } == line)
    }

    @Test("a status that is none is written as 500", arguments: [0, 99, 1000, 65_535] as [UInt16])
    func impossibleStatus(_ status: UInt16) {
        #expect(written { ResponseWriter.statusLine(status, into: &$0) } == "HTTP/1.1 500 Internal Server Error\r\n")
    }

    @Test("a response is written field by field")
    func response() {
        let output = written { output in
            ResponseWriter.statusLine(200, into: &output)
            ResponseWriter.field(name: "date", value: "Sun, 06 Nov 1994 08:49:37 GMT", into: &output)
            ResponseWriter.field(name: "a", value: "b", into: &output)
            ResponseWriter.field(name: "c" as String, value: "d", into: &output)
            bytes("e").withUnsafeBufferPointer { name in
                bytes("f\u{FF}").withUnsafeBufferPointer { ResponseWriter.field(name: name, value: $0, into: &output) }
            }
            ResponseWriter.contentLength(1234, into: &output)
            ResponseWriter.transferEncodingChunked(into: &output)
            output.append(ResponseWriter.connectionClose)
            output.append(ResponseWriter.connectionKeepAlive)
            ResponseWriter.endOfHead(into: &output)
        }
        #expect(
            output == """
                HTTP/1.1 200 OK\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\na: b\r\nc: d\r\ne: f\u{FF}\r\n\
                content-length: 1234\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\
                connection: keep-alive\r\n\r\n
                """)
    }

    @Test(
        "a whole answer is its head, the length, lines and content",
        arguments: [0, 1, 9, 10, 13, 99, 100, 1_000_000, 12_345_678_901, .max], ["", "connection: close\r\n"])
    func wholeAnswer(_ length: Int, _ lines: String) {
        let head = bytes("HTTP/1.1 200 OK\r\ncontent-length: ")
        for content in ["", "Hello, World!"] {
            let output = written { output in
                head.withUnsafeBufferPointer { head in
                    bytes(content).withUnsafeBufferPointer { content in
                        ResponseWriter.answer(
                            head, contentLength: length, lines.isEmpty ? "" : ResponseWriter.connectionClose, content,
                            into: &output)
                    }
                }
            }
            #expect(output == "HTTP/1.1 200 OK\r\ncontent-length: \(length)\r\n\(lines)\r\n\(content)")
        }
    }

    @Test("a whole answer is its head, one more field, lines and content", arguments: ["", "Hello, World!"])
    func wholeAnswer(_ content: String) {
        let output = written { output in
            bytes("HTTP/1.1 200 OK\r\na: b\r\n").withUnsafeBufferPointer { head in
                bytes("c: d\r\n").withUnsafeBufferPointer { field in
                    bytes(content).withUnsafeBufferPointer { content in
                        ResponseWriter.answer(head, field, ResponseWriter.connectionClose, content, into: &output)
                        ResponseWriter.answer(head, field, "", content, into: &output)
                    }
                }
            }
        }
        let fields = "HTTP/1.1 200 OK\r\na: b\r\nc: d\r\n"
        #expect(output == "\(fields)connection: close\r\n\r\n\(content)\(fields)\r\n\(content)")
    }

    @Test("an empty field value is written as one")
    func emptyValue() {
        let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let output = written { output in
            bytes("a").withUnsafeBufferPointer { ResponseWriter.field(name: $0, value: empty, into: &output) }
        }
        #expect(output == "a: \r\n")
    }

    @Test("chunks that are written are decoded to their content")
    func chunks() {
        let output = written { output in
            for size in [1, 15, 16, 255, 4096] {
                [UInt8](repeating: 0x78, count: size).withUnsafeBufferPointer {
                    ResponseWriter.chunk($0, into: &output)
                }
            }
            ResponseWriter.chunk(UnsafeBufferPointer(start: nil, count: 0), into: &output)
            ResponseWriter.lastChunk(into: &output)
        }
        let input = bytes(output)
        let outcome = decodeChunked(input, cuts: [input.count])
        #expect(outcome.content.utf8.count == 1 + 15 + 16 + 255 + 4096)
        #expect(outcome.end == .finished(rest: ""))
    }

    @Test("an empty chunk, which would end the body, ends the process")
    func emptyChunk() async {
        await #expect(processExitsWith: .failure) {
            var output = ByteBuffer()
            ResponseWriter.chunkHead(0, into: &output)
        }
    }

    @Test("a request that is written is read back")
    func request() {
        let output = written { output in
            RequestWriter.requestLine(method: .PUT, target: "/a?b", into: &output)
            RequestWriter.host("example.com:8080", into: &output)
            RequestWriter.contentLength(3, into: &output)
            RequestWriter.endOfHead(into: &output)
        }
        let input = bytes(output)
        let head = parseRequest(input, cuts: [input.count]).head
        #expect(head?.startLine == ["PUT", "/a?b", "1.1"])
        #expect(head?.authority == "example.com:8080")
        #expect(head?.body == .length(3))
    }

    @Test("exactly the visible bytes, space, tab and the bytes above 127 may stand in a value, at each place")
    func fieldValueBytes() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<17 {
                var value = [UInt8](repeating: 0x61, count: 17)
                value[place] = byte
                let isValid = value.withUnsafeBufferPointer { ResponseWriter.isValidFieldValue($0) }
                #expect(isValid == (byte == 0x09 || byte >= 0x20 && byte != 0x7F))
            }
        }
    }

    @Test("exactly the bytes of a token may stand in a name")
    func fieldNameBytes() {
        let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        for byte in UInt8.min...UInt8.max {
            let isValid = [0x61, byte].withUnsafeBufferPointer { ResponseWriter.isValidFieldName($0) }
            #expect(isValid == token.contains(byte))
        }
        #expect(!ResponseWriter.isValidFieldName(""))
    }

    @Test("exactly the visible bytes except the number sign may stand in a target, at each place")
    func targetBytes() {
        for byte in UInt8(0)..<0x80 {
            for place in 0..<17 {
                var target = [UInt8](repeating: 0x61, count: 17)
                target[place] = byte
                let isValid = RequestWriter.isValidTarget(String(decoding: target, as: UTF8.self))
                #expect(isValid == (byte > 0x20 && byte < 0x7F && byte != 0x23))
            }
        }
        #expect(!RequestWriter.isValidTarget(""))
        #expect(!RequestWriter.isValidTarget("/\u{E9}"))
    }
}
