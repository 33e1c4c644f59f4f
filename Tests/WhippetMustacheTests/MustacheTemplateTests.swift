// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON
import WhippetMustache

/// What the specification leaves open.
struct MustacheTemplateTests {
    @Test(
        "A template that can't be read names the line",
        arguments: [
            ("a\n{{#x}}\n", "line 2: the section \"x\" is not closed"),
            ("{{/x}}", "line 1: the section \"x\" is closed and was not opened"),
            ("{{#a}}\n{{/b}}", "line 2: the section \"b\" is closed where \"a\" of line 1 is open"),
            ("a\n\n{{ x", "line 3: a tag is not closed"),
            ("{{{x}}", "line 1: a tag is not closed"),
            ("{{=a=}}", "line 1: delimiters are two words without \"=\""),
            ("{{}}", "line 1: a tag has no name"),
            ("{{a b}}", "line 1: a name holds blanks"),
            ("{{a..b}}", "line 1: the name \"a..b\" has an empty part"),
        ])
    func errors(_ template: String, _ message: String) {
        let error = #expect(throws: MustacheError.self) { try MustacheTemplate(template) }
        #expect(error?.description == message)
    }

    @Test("Sections are nested no deeper than 100")
    func depth() {
        let template = String(repeating: "{{#a}}", count: 101) + String(repeating: "{{/a}}", count: 101)
        #expect(throws: MustacheError.self) { try MustacheTemplate(template) }
    }

    @Test("A partial that contains itself without end is an error")
    func recursion() throws {
        let partial = try MustacheTemplate("x\n{{>self}}")
        let error = #expect(throws: MustacheError.self) { try partial.render([:], partials: ["self": partial]) }
        #expect(error?.description == "line 2: the partial \"self\" is nested deeper than 100")
    }

    @Test("Sections in sections end")
    func explosion() throws {
        let template = try MustacheTemplate(
            String(repeating: "{{#a}}", count: 90) + String(repeating: "{{/a}}", count: 90))
        let error = #expect(throws: MustacheError.self) {
            try template.render(["a": [1, 2]], partials: [:], steps: 1000)
        }
        #expect(error?.description == "line 1: rendering takes too many steps")
    }

    @Test("Apostrophes are escaped, too")
    func apostrophes() throws {
        #expect(try MustacheTemplate("{{a}}").render(["a": "it's"]) == "it&#39;s")
    }

    @Test(
        "What is empty or zero is false, as in JavaScript",
        arguments: ["" as JSON, 0, .null, false, [] as JSON])
    func falsehoods(_ value: JSON) throws {
        #expect(try MustacheTemplate("{{#a}}yes{{/a}}{{^a}}no{{/a}}").render(["a": value]) == "no")
    }

    @Test("An encodable value is rendered by its JSON")
    func encodable() throws {
        struct Person: Encodable {
            var name: String
            var pets: [String]
        }
        let template = try MustacheTemplate("{{name}}:{{#pets}} {{.}}{{/pets}}")
        #expect(try template.render(Person(name: "Ada", pets: ["Tom", "Kit"])) == "Ada: Tom Kit")
    }
}
