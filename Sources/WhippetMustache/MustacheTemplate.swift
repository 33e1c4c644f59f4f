// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetJSON

/// A template of the Mustache language, read once and rendered as often as wanted.
///
/// ```swift
/// import WhippetMustache
///
/// func greet() throws -> String {
///     let template = try MustacheTemplate("Hello, {{name}}!{{#items}} {{.}}{{/items}}")
///     return try template.render(["name": "Ada", "items": [1, 2]])
/// }
/// ```
/// Comments, delimiters, interpolation, sections, inverted sections and partials are as the
/// [specification](https://github.com/mustache/spec) says; its optional modules (lambdas, inheritance, dynamic names) are
/// not. Text goes in with `&`, `<`, `>`, `"` and `'` escaped, by `{{{name}}}` and `{{&name}}` as it is.
public struct MustacheTemplate: Sendable {
    /// A part of a template.
    enum Node: Sendable {
        /// Text, of one line at most.
        case text([UInt8])
        /// A line begins: the indentation of a partial stands here.
        case lineStart
        case variable(Name, isEscaped: Bool)
        case section(Name, [Node])
        case inverted(Name, [Node])
        case partial(String, indentation: [UInt8], line: Int)
    }

    /// A name in parts, as `a.b.c` has them; without any it is the element itself, `.`.
    struct Name: Sendable {
        var parts: [String]
    }

    let nodes: [Node]

    /// Reads a template.
    ///
    /// - Throws: `MustacheError` for a tag or a section that is not closed, or closed by another name, for delimiters that
    ///   are none, and for sections nested deeper than 100.
    public init(_ text: String) throws(MustacheError) {
        var parser = MustacheParser(Array(text.utf8))
        nodes = try parser.parse()
    }

    /// Renders the template.
    ///
    /// - Parameters:
    ///   - data: What the names stand for; one that is not there is nothing.
    ///   - partials: The templates that `{{>name}}` names; one that is not there is nothing.
    /// - Returns: The text.
    /// - Throws: `MustacheError` for partials nested deeper than 100, as those that contain themselves without end are,
    ///   and for more than ten million steps.
    public func render(_ data: JSON, partials: [String: MustacheTemplate] = [:]) throws(MustacheError) -> String {
        try render(data, partials: partials, steps: MustacheRenderer.maximumSteps)
    }

    /// Renders the template in so many steps at most.
    package func render(
        _ data: JSON, partials: [String: MustacheTemplate], steps: Int
    ) throws(MustacheError) -> String {
        var renderer = MustacheRenderer(partials: partials, data, steps: steps)
        try renderer.render(nodes, indentation: [], depth: 0)
        return String(decoding: renderer.output, as: UTF8.self)
    }

    /// Renders the template with a value's JSON.
    ///
    /// - Returns: The text.
    /// - Throws: `JSONError` for a value that can't be written, `MustacheError` as the other form.
    @_disfavoredOverload
    public func render(_ data: some Encodable, partials: [String: MustacheTemplate] = [:]) throws -> String {
        try render(JSON.parse(JSON.encode(data)), partials: partials)
    }
}
