// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON.EncodingOptions {
    /// Finished text with the white space and the order that the options ask for.
    func layOut(_ bytes: [UInt8]) throws -> [UInt8] {
        pretty || sortedKeys ? try Layout.apply(self, to: bytes) : bytes
    }
}

/// Line breaks and sorted keys: a second pass over finished text, so that the usual output pays nothing for them.
struct Layout {
    private let options: JSON.EncodingOptions
    private let tape: Tape
    private var text = TextBuffer()

    /// The same value with the white space and the order that the options ask for.
    static func apply(_ options: JSON.EncodingOptions, to bytes: [UInt8]) throws -> [UInt8] {
        try bytes.withUnsafeBufferPointer { bytes in
            let state = DecodingPool.take()
            defer { DecodingPool.give(state) }
            try state.pointee.begin(bytes, JSON.DecodingOptions())
            var layout = Layout(options: options, tape: state.pointee.tape)
            defer { layout.text.deallocate() }
            layout.append(0, depth: 0)
            return Array(layout.text.bytes)
        }
    }

    private init(options: JSON.EncodingOptions, tape: Tape) {
        self.options = options
        self.tape = tape
    }

    /// Writes the value at `index`; nested as deep as the scan allowed, 512 levels.
    private mutating func append(_ index: UInt32, depth: Int) {
        let entry = tape[index]
        switch entry.kind {
        case .null: text.append("null")
        case .true: text.append("true")
        case .false: text.append("false")
        case .signed, .unsigned, .double: text.append(tape.numberText(entry))
        case .string, .escapedString: append(string: entry)
        case .array: append(children(of: index, width: 0), isObject: false, depth: depth)
        case .object:
            var keys = children(of: index, width: 1)
            if options.sortedKeys {
                // The sort is stable: of equal keys the last one stays last.
                keys = keys.map { ($0, tape.string(tape[$0])) }
                    .sorted { $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) }
                    .map(\.0)
            }
            append(keys, isObject: true, depth: depth)
        }
    }

    private mutating func append(_ children: [UInt32], isObject: Bool, depth: Int) {
        text.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        for (position, child) in children.enumerated() {
            if position > 0 { text.append(UInt8(ascii: ",")) }
            breakLine(depth + 1)
            if isObject {
                append(string: tape[child])
                text.append(UInt8(ascii: ":"))
                if options.pretty { text.append(UInt8(ascii: " ")) }
            }
            append(isObject ? child + 1 : child, depth: depth + 1)
        }
        if !children.isEmpty { breakLine(depth) }
        text.append(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }

    /// The elements of an array, or the keys of an object.
    private func children(of index: UInt32, width: UInt32) -> [UInt32] {
        var children: [UInt32] = []
        children.reserveCapacity(tape[index].count)
        var child = index + 1
        while child < tape[index].end {
            children.append(child)
            child = tape.next(after: child + width)
        }
        return children
    }

    /// Writes a string as it stands, escapes included.
    private mutating func append(string entry: TapeEntry) {
        text.append(UInt8(ascii: "\""))
        text.append(tape.text(entry))
        text.append(UInt8(ascii: "\""))
    }

    private mutating func breakLine(_ depth: Int) {
        guard options.pretty else { return }
        text.append(UInt8(ascii: "\n"))
        for _ in 0..<depth { text.append("  ") }
    }
}
