// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The function that hands a file's exports to the runtime.
struct Registration {
    var file: AppFile
    /// The function's name, another one for each file.
    var function: String
    /// The name of the folder of routes, as in `app`.
    var root: String
    var exports: [Export]
    /// The exports that become members of a type of the file's own.
    var members: Set<String>
    /// Whether the file imports the runtime itself.
    var importsRuntime: Bool

    private var type: String { "\(function)_Exports" }

    /// The type that a declaration is to be a member of; nil for one that stays at the top level.
    func exportType(of declaration: Declaration) -> String? {
        !declaration.bindings.isEmpty && declaration.bindings.allSatisfy { members.contains($0.name) } ? type : nil
    }

    /// Writes the function.
    ///
    /// An error in the call for an export shows at the name of the export in the user's file.
    func write(lines: LineIndex, shownPath: String, to output: inout [UInt8]) {
        func append(_ text: String) { output += text.utf8 }
        let receiver = file.kind.isRoute ? "file" : "folder"
        let method = file.kind == .api ? "apiFile" : receiver
        let source = SwiftLiteral.string("\(root)/\(file.path)")
        if !importsRuntime { append("import Whippet\n") }
        if file.kind == .api { append("import WhippetPagesAPI\n") }
        if !members.isEmpty { append("fileprivate enum \(type) {}\n") }
        append("func \(function)(_ routes: inout Routes) {\n")
        append("routes.\(method)(\(SwiftLiteral.string(file.folder)), source: \(source)) { \(receiver) in\n")
        for export in exports {
            let line = lines.line(of: export.offset)
            let column = lines.column(of: export.offset)
            // A constant in between: given a static method as it is, with several forms of `export` to choose from,
            // the compiler (6.3.1) crashes.
            let constant = members.contains(export.name) ? "let \(export.name) = \(type).\(export.name); " : ""
            let arguments =
                export.kind == .verb ? ".\(export.name), \(export.name)" : "\(export.name): \(export.name)"
            if line > 1, column > 1 {
                append("#sourceLocation(file: \(shownPath), line: \(line - 1))\n\(constant)\(receiver)\n")
                append(String(repeating: " ", count: column - 2))
                append(".export(\(arguments), line: \(line))\n")
            } else {
                append("#sourceLocation(file: \(shownPath), line: \(line))\n")
                append("\(constant)\(receiver).export(\(arguments), line: \(line))\n")
            }
        }
        if !exports.isEmpty { append("#sourceLocation()\n") }
        append("}\n}\n")
    }
}
