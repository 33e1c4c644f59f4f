// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Writes the copy of a file that is compiled in its place.
///
/// The text stays as it is, line by line and column by column, so that the compiler's errors fit the user's file. What
/// is inserted goes behind the attributes where a line ends there, and onto a line of its own elsewhere, with a
/// `#sourceLocation` that gives that line the number of the one before:
/// - `fileprivate`, so that files of one module can declare the same names;
/// - around an export that nothing else in the file mentions, an extension of a type that the file has for itself. The
///   compiler remembers which files look up which names of the module: were each `GET` such a name, a `GET` that comes
///   or goes in one file would compile all route files again.
struct RouteFileSource {
    private let bytes: [UInt8]
    private let lines: LineIndex
    /// The path that errors show, as a Swift string literal.
    private let shownPath: String
    private var output: [UInt8]
    /// How much of the user's text is written.
    private var cursor: Int

    init(_ bytes: [UInt8], lines: LineIndex, shownPath: String) {
        self.bytes = bytes
        self.lines = lines
        self.shownPath = SwiftLiteral.string(shownPath)
        // A byte-order mark can't stand in the middle of a file.
        cursor = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        output = Array("#sourceLocation(file: \(self.shownPath), line: 1)\n".utf8)
        output.reserveCapacity(bytes.count + 1024)
    }

    /// The copy of a file that is no special one.
    mutating func unchanged() -> [UInt8] {
        copy(to: bytes.count)
        return output
    }

    /// The copy of a special file: its declarations private to it, and a function behind them that registers it.
    mutating func registering(_ declarations: [Declaration], _ registration: Registration) -> [UInt8] {
        for declaration in declarations where isToBePrivate(declaration) {
            makePrivate(declaration, inside: registration.exportType(of: declaration))
        }
        copy(to: bytes.count)
        if output.last != UInt8(ascii: "\n") { append("\n") }
        append("#sourceLocation()\n")
        registration.write(lines: lines, shownPath: shownPath, to: &output)
        return output
    }

    // MARK: - Algorithm

    private func isToBePrivate(_ declaration: Declaration) -> Bool {
        switch declaration.kind {
        case .directive: false
        case .extension: !declaration.isPrivate && !declaration.keepsItsAccess && declaration.widerAccess.isEmpty
        case .function, .variable, .type: !declaration.isPrivate
        }
    }

    /// - Parameter type: The type that the declaration becomes a member of; nil to leave it where it is.
    private mutating func makePrivate(_ declaration: Declaration, inside type: String?) {
        let modifiers = declaration.modifiersStart
        let word = type == nil ? "fileprivate" : "static"
        if let end = declaration.attributesEnd, lines.line(of: end) < lines.line(of: modifiers) {
            if let type {
                copy(to: declaration.start)
                startLine(lines.line(of: declaration.start) - 1)
                append("fileprivate extension \(type) {\n")
                pad(to: declaration.start)
            }
            copy(to: end)
            append(" \(word)")
        } else if lines.line(of: declaration.start) == 1 || declaration.hasConditionalAttributes {
            // No line can be put before this one: its columns move.
            copy(to: modifiers)
            append("\(word) ")
        } else {
            copy(to: declaration.start)
            startLine(lines.line(of: declaration.start) - 1)
            if let type { append("fileprivate extension \(type) { ") }
            pad(to: declaration.start)
            copy(to: declaration.attributesEnd ?? declaration.start)
            append(" \(word)\n")
            cursor = modifiers
            pad(to: modifiers)
        }
        copy(to: modifiers)
        for range in declaration.widerAccess {
            copy(to: range.lowerBound)
            append(String(repeating: " ", count: range.count))
            cursor = range.upperBound
        }
        if type != nil {
            copy(to: declaration.end)
            append(" }")
        }
    }

    private mutating func startLine(_ number: Int) {
        if output.last != UInt8(ascii: "\n") { append("\n") }
        append("#sourceLocation(file: \(shownPath), line: \(number))\n")
    }

    /// Writes blanks up to the column of a byte.
    private mutating func pad(to offset: Int) {
        append(String(repeating: " ", count: lines.column(of: offset) - 1))
    }

    private mutating func copy(to end: Int) {
        guard end > cursor else { return }
        output += bytes[cursor..<end]
        cursor = end
    }

    private mutating func append(_ text: String) { output += text.utf8 }
}
