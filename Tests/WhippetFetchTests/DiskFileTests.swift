// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetJSON

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

@Suite("Files on a disk")
struct DiskFileTests {
    /// A folder of a test, which goes with it.
    final class Folder {
        let path: String

        init() throws {
            var template = Array("/tmp/whippet-disk-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw TypeError("mkdtemp failed: \(errno)") }
            path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        deinit {
            for name in names { unlink("\(path)/\(name)") }
            rmdir(path)
        }

        /// What lies in the folder.
        var names: [String] {
            guard let folder = opendir(path) else { return [] }
            defer { closedir(folder) }
            var names: [String] = []
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { names.append(name) }
            }
            return names.sorted()
        }

        func write(_ text: String, to name: String = "a.txt") throws -> String {
            let path = "\(path)/\(name)"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            defer { close(descriptor) }
            guard Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count else {
                throw TypeError("write failed: \(errno)")
            }
            return path
        }

        func read(_ name: String) async throws -> String {
            try await File(path: "\(path)/\(name)").text()
        }
    }

    @Test("a file on a disk has its name, size, date and bytes")
    func properties() async throws {
        let folder = try Folder()
        let path = try folder.write("--héllo--")
        let file = try await File(path: path, type: "Text/Plain")
        #expect(file.name == "a.txt")
        #expect(file.size == 10)
        #expect(file.type == "text/plain")
        #expect(abs(file.lastModified - File([], name: "").lastModified) < 60_000)
        #expect(try await file.text() == "--héllo--")
        #expect(try await file.bytes() == Array("--héllo--".utf8))
        #expect(try await gather(file.stream()) == "--héllo--")
        #expect(try await file.slice(2, -2).text() == "héllo")
        #expect(try await Blob(["<", file.slice(2, 3), file.slice(-1), ">"]).text() == "<h->")
    }

    @Test("a file of many pieces is read whole, and from any place")
    func manyPieces() async throws {
        let folder = try Folder()
        let text = (0..<40_000).map { "\($0)," }.joined()
        let file = try await File(path: try folder.write(text))
        #expect(try await file.text() == text)
        #expect(try await file.slice(65_530, 131_080).text() == String(text.dropFirst(65_530).prefix(65_550)))
    }

    @Test("an empty file is an empty blob")
    func empty() async throws {
        let folder = try Folder()
        let file = try await File(path: try folder.write(""))
        #expect(file.size == 0)
        #expect(try await file.text() == "")
    }

    @Test("what is no file says so")
    func missing() async {
        #expect(
            await asyncErrorText { try await File(path: "/nowhere/film.mp4") }
                == #"NotFoundError: There is no file "/nowhere/film.mp4""#)
        #expect(
            await asyncErrorText { try await File(path: "/etc/passwd\0.png") }
                == #"NotFoundError: There is no file "/etc/passwd\u{0}.png""#)
        #expect(
            await asyncErrorText { try await File(path: "/tmp") }
                == #"NotReadableError: The file "/tmp" is no plain file"#)
    }

    @Test(
        "a file that was changed since is an error, not another version",
        arguments: ["longer text", "short", "other"])
    func changed(_ other: String) async throws {
        let folder = try Folder()
        let path = try folder.write("first")
        let file = try await File(path: path)
        unlink(path)
        _ = try folder.write(other)
        #expect(
            await asyncErrorText { try await file.text() }
                == "NotReadableError: The file \"\(path)\" was changed since it was asked for")
    }

    @Test("a file that is gone is an error of the read")
    func gone() async throws {
        let folder = try Folder()
        let path = try folder.write("first")
        let file = try await File(path: path)
        unlink(path)
        #expect(
            await asyncErrorText { try await file.text() }
                == "NotReadableError: The file \"\(path)\" can't be opened (error 2)")
    }

    @Test("a file is sent any number of times, and read as any body")
    func body() async throws {
        let folder = try Folder()
        let file = try await File(path: try folder.write("{\"a\":1}"), type: "application/json")
        let response = Response(file)
        #expect(response.headers[.contentType] == "application/json")
        #expect(response.bodyLength == 7)
        for _ in 0..<2 {
            guard case .file(let range) = try response.sourceForSending() else {
                Issue.record("not sent as a file")
                return
            }
            #expect(range.length == 7)
        }
        #expect(try await response.json() == ["a": 1])
        let blob = try await Response(Blob(["<", file, ">"])).text()
        #expect(blob == "<{\"a\":1}>")
    }

    @Test("a form with a file from a disk is read back")
    func form() async throws {
        let folder = try Folder()
        let text = String(repeating: "0123456789", count: 20_000)
        var form = FormData()
        form.append("film", try await File(path: try folder.write(text, to: "film.txt"), type: "text/plain"))
        let file = try #require(try await Response(form).formData().get("film")?.file)
        #expect(file.name == "film.txt")
        #expect(file.type == "text/plain")
        #expect(try await file.text() == text)
    }

    @Test("offload runs work elsewhere and gives its value or its error")
    func offloaded() async {
        let here = pthread_self()
        #expect(await offload { pthread_self() } != here)
        await #expect(throws: TypeError("no")) {
            try await offload { throw TypeError("no") }
        }
    }

    // MARK: - Parts that go to the disk

    private func request(_ content: String) -> Request {
        let body =
            "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../x.txt\"\r\n\r\n\(content)\r\n--B--\r\n"
        return receivedRequest(
            .POST, fields: [("content-type", "multipart/form-data; boundary=B")],
            body: Body(incoming: ChunkSequence(body), limit: 10))
    }

    @Test("a part is written to a file, which is there once it is complete", arguments: [0, 1, 200_000])
    func write(_ size: Int) async throws {
        let folder = try Folder()
        let content = String(repeating: "x", count: size)
        for try await part in request(content).formDataParts() {
            #expect(try await part.write(to: "\(folder.path)/out") == size)
        }
        #expect(try await folder.read("out") == content)
        #expect(folder.names == ["out"])
    }

    @Test("a part that breaks off leaves no file, and the one that was there as it was")
    func brokenOff() async throws {
        let folder = try Folder()
        _ = try folder.write("old", to: "out")
        let body = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhalf"
        let request = receivedRequest(
            .POST, fields: [("content-type", "multipart/form-data; boundary=B")], body: Body(body))
        await #expect(throws: HTTPError.self) {
            for try await part in request.formDataParts() { try await part.write(to: "\(folder.path)/out") }
        }
        #expect(try await folder.read("out") == "old")
        #expect(folder.names == ["out"])
    }

    @Test("a folder that is not there is an error")
    func noFolder() async throws {
        await #expect(throws: DOMException.self) {
            for try await part in request("x").formDataParts() { try await part.write(to: "/nowhere/at/all") }
        }
        await #expect(throws: DOMException.self) {
            for try await part in request("x").formDataParts() { try await part.write(to: "/tmp/a\0b") }
        }
    }

    @Test("a small file stays in memory, a large one goes to the disk and away with its last reference")
    func spilled() async throws {
        let folder = try Folder()
        let text = String(repeating: "0123456789", count: 20_000)
        for (content, names) in [("small", 0), (text, 1)] {
            for try await part in request(content).formDataParts() {
                let file = try await part.file(in: folder.path)
                #expect(file.name == "../x.txt")
                #expect(file.type == "text/plain")
                #expect(file.size == content.utf8.count)
                #expect(folder.names.count == names)
                #expect(try await file.text() == content)
            }
            #expect(folder.names.isEmpty)
        }
    }
}
