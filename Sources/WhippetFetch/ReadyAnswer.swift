// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The head of an answer as bytes, made once and sent often.
///
/// It travels with a response and stands for its fields as long as these are the ones that it was made of: whoever
/// changes a field gets a copy of the list, and the answer goes out the usual way.
package final class ReadyAnswer: Sendable {
    /// Status line and field lines, `Content-Length` included; `Date`, `Connection` and the empty line are missing.
    package let head: [UInt8]
    private let headers: Headers
    private let status: Status
    private let box: BodyBox

    /// Makes a ready answer of a response whose body is in memory.
    ///
    /// - Parameter write: Writes status line and fields, each with its line break.
    init?(_ response: Response, head: [UInt8]) {
        guard let box = response.box, case .list = response.headers.storage, response.headers.implicitType == .none
        else { return nil }
        self.head = head
        headers = response.headers
        status = response.status
        self.box = box
    }

    fileprivate func stands(for response: borrowing Response) -> Bool {
        response.status == status && response.box === box && headers.isSameList(as: response.headers)
    }
}

extension Headers {
    /// Whether both are one list in memory: then they are equal.
    fileprivate func isSameList(as other: Headers) -> Bool {
        guard case .list(let left) = storage, case .list(let right) = other.storage, other.implicitType == .none else {
            return false
        }
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress && left.count == $0.count }
        }
    }
}

extension Response {
    /// The answer's head as bytes, where one was made and no field has changed since.
    package var ready: ReadyAnswer? {
        guard let ready = details?.value.ready, ready.stands(for: self) else { return nil }
        return ready
    }

    /// The response with its head as bytes; as it is where its body is not in memory.
    package func ready(head: [UInt8]) -> Response {
        guard let ready = ReadyAnswer(self, head: head) else { return self }
        var copy = self
        copy.change { $0.ready = ready }
        return copy
    }
}
