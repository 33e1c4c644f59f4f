// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What one call of `JSON.decode` knows: the tape, the options, and what lookups remember.
///
/// Decoders and containers are small values that point here, so that making one costs no allocation and no reference
/// count. User code may keep a decoder longer than the call: the memory of a state is therefore never freed, only used
/// again under the next generation, and each use of a decoder compares the generation first (`DecodingPool`).
struct DecodingState {
    /// The number of the call that the state serves; 0 serves none.
    var generation: UInt32 = 1
    var tape = Tape()
    var scanner = TapeScanner()
    var usesSnakeCase = false
    var nonFinite = JSON.NonFiniteStrategy.refuse
    var userInfo: [CodingUserInfoKey: any Sendable] = [:]
    var forms: (any AnyObject & Sendable)?
    /// Tables of objects that are too long to walk, or whose keys repeat.
    var keyTables: [UInt32: KeyTable] = [:]
    /// Where the last asked coding path led; see `path(to:)`.
    var lastPath: [PathStep] = []
    /// Boxes of containers that can be used again.
    var boxes = ContainerBoxes<KeyedPlace, KeyName>()
    let types = TypeTable<any TapeReadable.Type>()
    /// Room for a small value on its way from one name of its type to another.
    // SAFETY: allocated once for a state that is never freed.
    let room = UnsafeMutableRawPointer.allocate(byteCount: roomSize, alignment: 16)

    /// How many bytes a value in the room can have.
    static let roomSize = 64

    /// One level of a path: the child of a container.
    struct PathStep {
        var container: UInt32
        /// Which element or member it is.
        var position: Int
        /// Its entry: an element, or a member's key.
        var child: UInt32
    }

    /// Starts a call.
    mutating func begin(_ text: UnsafeBufferPointer<UInt8>, _ options: JSON.DecodingOptions) throws {
        tape.reset(to: text)
        usesSnakeCase = options.keys == .snakeCase
        // What is usual is there already: copying it would take longer than these comparisons.
        if !options.nonFinite.isRefuse { nonFinite = options.nonFinite }
        if !options.userInfo.isEmpty { userInfo = options.userInfo }
        if let given = options.forms { forms = given }
        do {
            try scanner.scan(&tape)
            tape.finish()
        } catch {
            throw error.jsonError(tape, scanner.openFrames)
        }
    }

    /// Ends a call: what still points here is out of date from now on.
    mutating func end() {
        generation &+= 1
        tape.reset()
        if !userInfo.isEmpty { userInfo = [:] }
        if forms != nil { forms = nil }
        if !nonFinite.isRefuse { nonFinite = .refuse }
        if !keyTables.isEmpty { keyTables = [:] }
        boxes.sweep()
        if !lastPath.isEmpty { lastPath = [] }
    }

    // MARK: - Paths

    /// The steps from the outermost value to the entry at `target`.
    ///
    /// Nothing is noted while decoding; the path is found from the tape. A walk resumes where the last one went on, so
    /// that asking in the order of the text costs a step or two each time, not one per element before.
    mutating func path(to target: UInt32) -> [PathStep] {
        var steps: [PathStep] = []
        var node: UInt32 = 0
        while node != target, node < tape.count {
            let entry = tape[node]
            guard entry.kind == .array || entry.kind == .object else { break }
            var step = PathStep(container: node, position: 0, child: node + 1)
            if steps.count < lastPath.count, lastPath[steps.count].container == node,
                lastPath[steps.count].child <= target
            {
                step = lastPath[steps.count]
            }
            let width: UInt32 = entry.kind == .object ? 1 : 0
            while step.child < entry.end {
                let next = tape.next(after: step.child + width)
                if target < next { break }
                step.position += 1
                step.child = next
            }
            guard step.child < entry.end else { break }
            steps.append(step)
            if step.child == target { break }
            node = step.child + width
        }
        lastPath = steps
        return steps
    }

    /// The coding path of the value at `target`.
    mutating func codingPath(to target: UInt32) -> [any CodingKey] {
        path(to: target).map { step in
            tape[step.container].kind == .object
                ? AnyKey(stringValue: tape.string(tape[step.child])) : AnyKey(intValue: step.position)
        }
    }
}
