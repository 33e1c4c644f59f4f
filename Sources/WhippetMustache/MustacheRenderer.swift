// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetJSON

/// Writes the text of a template.
struct MustacheRenderer {
    typealias Node = MustacheTemplate.Node
    typealias Name = MustacheTemplate.Name

    /// Partials can be nested this deep.
    static let maximumDepth = 100
    /// Sections in sections, and partials that contain themselves twice, would not end in time.
    static let maximumSteps = 10_000_000

    private let partials: [String: MustacheTemplate]
    /// The elements of the sections around, innermost last.
    private var context: [JSON]
    private(set) var output: [UInt8] = []
    /// How many parts may still be written.
    private var steps: Int

    init(partials: [String: MustacheTemplate], _ data: JSON, steps: Int = maximumSteps) {
        self.partials = partials
        self.steps = steps
        context = [data]
    }

    mutating func render(_ nodes: [Node], indentation: [UInt8], depth: Int) throws(MustacheError) {
        for node in nodes {
            steps -= 1
            guard steps >= 0 else { throw MustacheError("rendering takes too many steps", line: 1) }
            switch node {
            case .text(let text):
                output += text
            case .lineStart:
                output += indentation
            case .variable(let name, let isEscaped):
                write(find(name), isEscaped: isEscaped)
            case .section(let name, let inside):
                for element in elements(of: find(name)) {
                    context.append(element)
                    try render(inside, indentation: indentation, depth: depth)
                    context.removeLast()
                }
            case .inverted(let name, let inside):
                if elements(of: find(name)).isEmpty { try render(inside, indentation: indentation, depth: depth) }
            case .partial(let name, let inner, let line):
                guard let partial = partials[name] else { continue }
                guard depth < Self.maximumDepth else {
                    throw MustacheError("the partial \"\(name)\" is nested deeper than \(depth)", line: line)
                }
                try render(partial.nodes, indentation: indentation + inner, depth: depth + 1)
            }
        }
    }

    // MARK: - Names

    /// What a name stands for: its first part in the innermost object that has it, the others in what is found.
    private func find(_ name: Name) -> JSON {
        guard let first = name.parts.first else { return context.last ?? .null }
        for element in context.reversed() {
            guard case .object(let object) = element, var value = object[first] else { continue }
            for part in name.parts.dropFirst() {
                guard case .object(let object) = value, let inner = object[part] else { return .null }
                value = inner
            }
            return value
        }
        return .null
    }

    /// What a section is rendered for: the elements of a list, else the value if it is true, as in JavaScript.
    private func elements(of value: JSON) -> [JSON] {
        switch value {
        case .array(let list): list
        case .null, .bool(false), .string(""): []
        case .number(let number) where number.doubleValue == 0: []
        default: [value]
        }
    }

    private mutating func write(_ value: JSON, isEscaped: Bool) {
        let text: String
        switch value {
        case .null: return
        case .string(let string): text = string
        case .bool(let bool): text = bool ? "true" : "false"
        case .number(let number): text = number.description
        case .array, .object: text = String(decoding: value.serialize(), as: UTF8.self)
        }
        if isEscaped { HTMLEscaping.append(text, to: &output) } else { output += text.utf8 }
    }
}
