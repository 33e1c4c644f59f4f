// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension MIMEType {
    /// Implements [parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type); nil for failure.
    ///
    /// The text is the isomorphic decoding of bytes: a character above U+00FF fails or is left out.
    package init?(_ input: String) {
        self.init(parsing: input.unicodeScalars.map(\.value))
    }

    /// Implements [parse a MIME type from bytes](https://mimesniff.spec.whatwg.org/#parse-a-mime-type-from-bytes).
    package init?(_ input: Span<UInt8>) {
        self.init(parsing: input.indices.map { UInt32(input[$0]) })
    }

    private init?(parsing input: [UInt32]) {
        // 1.
        var scanner = Scanner(input)
        // 2–5.
        let type = scanner.collect { $0 != 0x2F }
        guard Scanner.isToken(type), scanner.next == 0x2F else { return nil }
        scanner.position += 1
        // 6–8.
        let subtype = Scanner.trimmingEnd(scanner.collect { $0 != 0x3B })
        guard Scanner.isToken(subtype) else { return nil }
        // 9–10.
        self.init(type: Scanner.lowercased(type), subtype: Scanner.lowercased(subtype))
        // 11.
        while scanner.next != nil {
            if let parameter = scanner.parameter(), !parameters.contains(where: { $0.name == parameter.name }) {
                parameters.append(parameter)
            }
        }
    }

    /// Walks over code points, which Latin-1 makes of bytes.
    private struct Scanner {
        let input: ArraySlice<UInt32>
        var position: Int

        /// Step 1: removes any leading and trailing HTTP white space.
        init(_ input: [UInt32]) {
            let start = input.firstIndex { !Scanner.isWhiteSpace($0) } ?? input.endIndex
            self.input = Scanner.trimmingEnd(input[start...])
            position = start
        }

        var next: UInt32? { position < input.endIndex ? input[position] : nil }

        mutating func collect(_ condition: (UInt32) -> Bool) -> ArraySlice<UInt32> {
            let start = position
            while let next, condition(next) { position += 1 }
            return input[start..<position]
        }

        /// One round of step 11: a parameter, nil if it is malformed.
        mutating func parameter() -> MIMEType.Parameter? {
            // 11.1. Past the ";".
            position += 1
            // 11.2.
            _ = collect(Scanner.isWhiteSpace)
            // 11.3–11.4.
            let name = collect { $0 != 0x3B && $0 != 0x3D }
            // 11.5.
            guard next == 0x3D else { return nil }
            position += 1
            // 11.6. (11.7: at the end the value is empty, so the parameter is dropped below.)
            let value: [UInt32]
            if next == 0x22 {
                // 11.8.
                value = quotedString()
                _ = collect { $0 != 0x3B }
            } else {
                // 11.9.
                value = Array(Scanner.trimmingEnd(collect { $0 != 0x3B }))
                guard !value.isEmpty else { return nil }
            }
            // 11.10.
            guard Scanner.isToken(name), value.allSatisfy(Scanner.isQuotedStringToken) else { return nil }
            return MIMEType.Parameter(name: Scanner.lowercased(name), value: Scanner.text(value))
        }

        /// Implements [collect an HTTP quoted string](https://fetch.spec.whatwg.org/#collect-an-http-quoted-string) with
        /// extract-value, from its opening quote on.
        mutating func quotedString() -> [UInt32] {
            var value: [UInt32] = []
            position += 1
            while let character = next {
                position += 1
                switch character {
                case 0x22: return value
                case 0x5C:
                    // A backslash at the end stands for itself.
                    guard let escaped = next else { return value + [0x5C] }
                    value.append(escaped)
                    position += 1
                default: value.append(character)
                }
            }
            return value
        }

        static func isWhiteSpace(_ character: UInt32) -> Bool {
            character == 0x20 || character == 0x09 || character == 0x0A || character == 0x0D
        }

        static func trimmingEnd(_ text: ArraySlice<UInt32>) -> ArraySlice<UInt32> {
            guard let last = text.lastIndex(where: { !isWhiteSpace($0) }) else { return text.prefix(0) }
            return text[...last]
        }

        static func isToken(_ text: ArraySlice<UInt32>) -> Bool {
            !text.isEmpty && text.allSatisfy { UInt8(exactly: $0).map(ASCII.isToken) ?? false }
        }

        /// An [HTTP quoted-string token code point](
        /// https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point).
        static func isQuotedStringToken(_ character: UInt32) -> Bool {
            character == 0x09 || 0x20...0x7E ~= character || 0x80...0xFF ~= character
        }

        static func text(_ characters: [UInt32]) -> String {
            var text = String.UnicodeScalarView()
            for character in characters {
                if let scalar = Unicode.Scalar(character) { text.append(scalar) }
            }
            return String(text)
        }

        static func lowercased(_ text: ArraySlice<UInt32>) -> String {
            ASCII.lowercased(Scanner.text(Array(text)))
        }
    }
}
