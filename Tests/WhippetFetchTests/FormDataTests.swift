// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch

@Suite("FormData")
struct FormDataTests {
    private func lines(_ form: FormData) -> [String] { form.map { "\($0.name)=\($0.value)" } }

    @Test("entries keep their order, and a name may repeat")
    func append() {
        var form = FormData()
        form.append("b", "1")
        form.append("a", "2")
        form.append("b", "3")
        #expect(lines(form) == ["b=1", "a=2", "b=3"])
        #expect(form.get("b")?.text == "1")
        #expect(form.getAll("b").map(\.text) == ["1", "3"])
        #expect(form.get("c") == nil)
        #expect(form.getAll("c").isEmpty)
        #expect(form.has("a"))
        #expect(!form.has("A"))
    }

    @Test("set keeps the first place and drops the other values")
    func set() {
        var form: FormData = ["a": "1", "b": "2", "c": "3", "b": "4", "b": "5"]
        form.set("b", "6")
        #expect(lines(form) == ["a=1", "b=6", "c=3"])
        form.set("d", "7")
        #expect(lines(form) == ["a=1", "b=6", "c=3", "d=7"])
    }

    @Test("delete removes all values of a name")
    func delete() {
        var form: FormData = ["a": "1", "b": "2", "a": "3"]
        form.delete("a")
        #expect(lines(form) == ["b=2"])
        form.delete("a")
        #expect(lines(form) == ["b=2"])
    }

    @Test("the subscript reads, sets and deletes text")
    func subscripts() {
        var form: FormData = ["a": "1"]
        form["a"] = "2"
        form["b"] = "3"
        #expect(form["a"] == "2")
        form["a"] = nil
        #expect(form["a"] == nil)
        #expect(lines(form) == ["b=3"])
    }

    @Test("a form is a value")
    func value() {
        let form: FormData = ["a": "1"]
        var copy = form
        copy.append("b", "2")
        #expect(lines(form) == ["a=1"])
        #expect(form != copy)
    }

    @Test("a blob becomes a file named blob, a file keeps its name, and both take another")
    func files() async throws {
        var form = FormData()
        let file = File(["f"], name: "f.txt", type: "text/plain", lastModified: 7)
        form.append("a", Blob(["b"], type: "a/b"))
        form.append("a", Blob(["b"]), filename: "other")
        form.append("a", file)
        form.append("a", file, filename: "renamed")
        let files = form.getAll("a").compactMap(\.file)
        #expect(files.map(\.name) == ["blob", "other", "f.txt", "renamed"])
        #expect(files.map(\.type) == ["a/b", "", "text/plain", "text/plain"])
        #expect(files[2...].map(\.lastModified) == [7, 7])
        #expect(try await files[3].text() == "f")
        #expect(form["a"] == nil)
        #expect(form.get("a")?.text == nil)

        form.set("a", Blob(["set"]))
        #expect(form.getAll("a").map(\.file?.name) == ["blob"])
        form.set("a", file, filename: "set")
        #expect(form.getAll("a").map(\.file?.name) == ["set"])
        form.set("a", "text")
        #expect(lines(form) == ["a=text"])
    }

    @Test("names are told apart by their code points, and listed each time")
    func names() {
        let form: FormData = ["\u{E9}": "1", "e\u{301}": "2", "\u{E9}": "3"]
        #expect(form.getAll("\u{E9}").map(\.text) == ["1", "3"])
        #expect(form.keys().map { $0.unicodeScalars.count } == [1, 2, 1])
        #expect(form.values().map(\.text) == ["1", "2", "3"])
        #expect(lines(FormData([("a", "1"), ("b", FormData.Value("2"))])) == ["a=1", "b=2"])
    }

    struct Written: CustomTestStringConvertible {
        var form: FormData
        var body: String
        var testDescription: String { body.debugDescription }
        init(_ form: FormData, _ body: String) { (self.form, self.body) = (form, body) }
    }

    @Test(
        "multipart/form-data is written as the HTML standard says",
        arguments: [
            Written([:], ""),
            Written(["a": "1"], "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"),
            Written(
                ["a\"\r\n\n\r": ""],
                "--B\r\nContent-Disposition: form-data; name=\"a%22%0D%0A%0D%0A%0D%0A\"\r\n\r\n\r\n"),
            Written(
                ["é": "a\nb\rc\r\nd"], "--B\r\nContent-Disposition: form-data; name=\"é\"\r\n\r\na\r\nb\r\nc\r\nd\r\n"),
            Written(["a\\%": "1"], "--B\r\nContent-Disposition: form-data; name=\"a\\%\"\r\n\r\n1\r\n"),
        ])
    func multipart(_ written: Written) async throws {
        let response = Response(written.form)
        let boundary = try #require(response.headers[.contentType]?.split(separator: "=").last)
        #expect(
            try await response.text() == (written.body + "--B--\r\n").replacing("--B", with: "--\(boundary)"))
    }

    @Test("each body has its own boundary")
    func boundaries() {
        #expect(
            Response(["a": "1"] as FormData).headers[.contentType]
                != Response(["a": "1"] as FormData).headers[.contentType])
    }
}
