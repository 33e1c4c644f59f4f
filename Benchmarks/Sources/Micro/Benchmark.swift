// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// One operation to measure.
///
/// A body performs its operation as often as it is told, in a loop of its own, so that the loop costs next to nothing.
struct Benchmark {
    typealias Work = (_ count: Int) async throws -> Void

    /// Group and operation, such as `json/decode two fields`; `node/micro.mjs` knows the same operation by this name.
    let name: String
    /// How often the operation is performed for a count of allocations.
    let countedRuns: Int
    let body: Work
    /// The same with Foundation's types or the standard library's, whose name stands before it.
    let peer: (name: String, body: Work)?

    init(_ name: String, countedRuns: Int = 200, body: @escaping Work, peer: (name: String, body: Work)? = nil) {
        self.name = name
        self.countedRuns = countedRuns
        self.body = body
        self.peer = peer
    }
}

/// Takes a value so that the compiler can't leave out what made it.
@_optimize(none)
func keep<Value>(_ value: borrowing Value) {}
