// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a value that a type can't use: where it is and why.
///
/// It travels inside the `DecodingError` that containers throw, and becomes a `JSONError` where the call ends.
struct DecodingProblem: Error {
    var kind: JSONError.Kind
    /// The value, or the object that lacks `key`.
    var index: UInt32
    var key: String?
    var reason: String
    /// Which call it belongs to.
    var generation: UInt32
}

extension TapeReader {
    /// A value is of another kind than expected.
    @inline(never)
    func mismatch(_ type: Any.Type, expected: String, at index: UInt32) -> any Error {
        let found = index == Self.missing ? .null : tape[index].kind
        let context = context(.typeMismatch, at: index, "expected \(expected), found \(found.name)")
        if found == .null { return DecodingError.valueNotFound(type, context) }
        return DecodingError.typeMismatch(type, context)
    }

    /// A value is of the right kind, but not usable.
    @inline(never)
    func corrupted(_ kind: JSONError.Kind, at index: UInt32, _ reason: String) -> any Error {
        DecodingError.dataCorrupted(context(kind, at: index, reason))
    }

    /// An object lacks a key.
    @inline(never)
    func missingKey(_ key: any CodingKey, in object: UInt32) -> any Error {
        DecodingError.keyNotFound(
            key, context(.missingKey, at: object, key: key.stringValue, "required, but missing"))
    }

    /// An array has no more elements.
    @inline(never)
    func missingElement(_ type: Any.Type, in array: UInt32) -> any Error {
        let count = array == Self.missing ? 0 : tape[array].count
        let reason = "expected more than \(count) element\(count == 1 ? "" : "s")"
        return DecodingError.valueNotFound(type, context(.missingKey, at: array, reason))
    }

    private func context(
        _ kind: JSONError.Kind, at index: UInt32, key: String? = nil, _ reason: String
    ) -> DecodingError.Context {
        let problem = DecodingProblem(kind: kind, index: index, key: key, reason: reason, generation: generation)
        return DecodingError.Context(
            codingPath: codingPath(to: index), debugDescription: reason, underlyingError: problem)
    }

    /// The error that leaves `JSON.decode` for one that decoding threw.
    func publicError(_ error: any Error) -> any Error {
        guard let error = error as? DecodingError else { return error }
        let context: DecodingError.Context
        var kind = JSONError.Kind.dataCorrupted
        var missingKey: (any CodingKey)?
        switch error {
        case .typeMismatch(_, let inner), .valueNotFound(_, let inner):
            context = inner
            kind = .typeMismatch
        case .keyNotFound(let key, let inner):
            context = inner
            kind = .missingKey
            missingKey = key
        case .dataCorrupted(let inner):
            context = inner
        @unknown default:
            return error
        }
        if let problem = context.underlyingError as? DecodingProblem, problem.generation == generation {
            return jsonError(problem)
        }
        // User code threw it, or the standard library for it, such as for a raw value that an enum does not have.
        let path = PathText.text(context.codingPath + (missingKey.map { [$0] } ?? []))
        let reason = context.debugDescription.isEmpty ? "is not valid" : context.debugDescription
        return JSONError(kind: kind, path: path, offset: nil, reason: String(reason.prefix(300)))
    }

    private func jsonError(_ problem: DecodingProblem) -> JSONError {
        guard problem.index < tape.count else { return JSONError(kind: problem.kind, reason: problem.reason) }
        var path = PathText()
        for step in state.pointee.path(to: problem.index) {
            if tape[step.container].kind == .object {
                path.append(key: tape.string(tape[step.child]))
            } else {
                path.append(index: step.position)
            }
        }
        if let key = problem.key { path.append(key: key) }
        let entry = tape[problem.index]
        let isString = entry.kind == .string || entry.kind == .escapedString
        return JSONError(
            kind: problem.kind, path: path.text, offset: Int(entry.offset) - (isString ? 1 : 0),
            reason: problem.reason)
    }
}
