// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Collects what a special file exports, and says what is wrong with it.
struct ExportCollector {
    /// A message with its place in bytes.
    struct Message {
        var severity: Diagnostic.Severity
        var offset: Int
        var text: String
    }

    private(set) var exports: [Export] = []
    private(set) var messages: [Message] = []
    private let kind: AppFile.Kind
    private let names: [String: Export.Form]

    init(_ declarations: [Declaration], in kind: AppFile.Kind) {
        self.kind = kind
        names = Export.names(in: kind)
        for declaration in declarations {
            for binding in declaration.bindings { collect(binding, of: declaration) }
        }
        if kind == .route {
            for declaration in declarations where declaration.kind == .function { suggestVerb(declaration) }
        }
        checkSomething()
    }

    // MARK: - Algorithm

    private mutating func collect(_ binding: Declaration.Binding, of declaration: Declaration) {
        let isVerb = kind == .route && Export.verbs.contains(binding.name)
        guard isVerb || names[binding.name] != nil else { return }
        if declaration.kind == .type || declaration.kind == .extension {
            return fail(binding, "\(binding.name) must be a function or a constant, not a type")
        }
        switch names[binding.name] {
        case .function where declaration.kind != .function:
            return fail(binding, "\(binding.name) must be a function")
        case .constant where declaration.kind != .variable:
            return fail(binding, "\(binding.name) must be a constant: let \(binding.name) = …")
        default: break
        }
        if declaration.isConditional {
            return fail(
                binding,
                "\(binding.name) stands inside #if: what a file exports can't depend on a condition; "
                    + "put the condition into its body")
        }
        if declaration.isPrivate {
            let text = "\(binding.name) is private and so not exported; leave the word out"
            messages.append(Message(severity: .warning, offset: binding.offset, text: text))
            return
        }
        if exports.contains(where: { $0.name == binding.name }) {
            return fail(binding, "this file exports \(binding.name) twice")
        }
        exports.append(Export(kind: isVerb ? .verb : .named, name: binding.name, offset: binding.offset))
        if let literal = binding.literal, let complaint = ExportValue.complaint(binding.name, literal.text) {
            messages.append(Message(severity: .error, offset: literal.offset, text: complaint))
        }
    }

    private mutating func fail(_ binding: Declaration.Binding, _ text: String) {
        messages.append(Message(severity: .error, offset: binding.offset, text: text))
    }

    /// Warns of `func get` and `func TRACE`, which nothing would call.
    private mutating func suggestVerb(_ declaration: Declaration) {
        guard let binding = declaration.bindings.first, binding.looksLikeHandler, !declaration.isPrivate else { return }
        let upper = binding.name.uppercased()
        guard !Export.verbs.contains(binding.name), !exports.contains(where: { $0.name == upper }) else { return }
        if Export.verbs.contains(upper) {
            let text = "\(binding.name) answers no request; did you mean \(upper)?"
            messages.append(Message(severity: .warning, offset: binding.offset, text: text))
        } else if binding.name == upper, binding.name.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
            let text = "a route file can't export the method \(upper), but only \(Export.verbs.joined(separator: ", "))"
            messages.append(Message(severity: .warning, offset: binding.offset, text: text))
        }
    }

    /// A special file that exports nothing is a mistake.
    private mutating func checkSomething() {
        guard !messages.contains(where: { $0.severity == .error }) else { return }
        let isEnough =
            switch kind {
            case .route: exports.contains { $0.kind == .verb }
            case .metadata(let name): exports.contains { $0.name == name }
            default: exports.contains { $0.name != "matcher" && $0.name != "config" }
            }
        guard !isEnough else { return }
        let sentence: String
        switch kind {
        case .metadata(let name): sentence = "this file exports no \(name); declare func \(name)()"
        case .route:
            sentence = "this route file exports no method; declare a function such as func GET() -> Response"
        case .middleware: sentence = "this file exports no middleware; declare func middleware(…)"
        case .error: sentence = "this file exports no error handler; declare func error(…)"
        case .notFound: sentence = "this file exports no handler; declare func notFound(…)"
        case .api:
            sentence = "this file exports no handler; declare func handler(_ req: NextApiRequest, _ res: …)"
        case .instrumentation:
            sentence = "this file exports nothing; declare func register(…) or func onRequestError(…)"
        case .asset, .page, .other: return
        }
        messages.append(Message(severity: .error, offset: 0, text: sentence))
    }
}
