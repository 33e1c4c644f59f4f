// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetFetch
import WhippetInfra
import WhippetJSON

extension Engine {
    /// The JavaScript error that a Swift error is.
    func script(of error: any Error) -> Value {
        switch error {
        case let thrown as ThrownValue: thrown.held.value
        case let error as TypeError: makeError("TypeError", [error.message])
        case let error as RangeError: makeError("RangeError", [error.message])
        case let error as DOMException: makeError("DOMException", [error.message, error.name.rawValue])
        case let error as JSONError: makeError("SyntaxError", [error.message])
        case let error as ScriptSyntaxError: makeError("SyntaxError", [error.message])
        // A request tells its client what was wrong; in JavaScript a body's reader is told.
        case let error as HTTPError: makeError("TypeError", [error.message])
        default: makeError("Error", ["\(error)"])
        }
    }
}
