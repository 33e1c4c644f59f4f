// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetInfra

/// The states of calls, kept for the next call and never freed.
///
/// There are as many as ever ran at once. An encoder or decoder that outlives its call points to a state that exists for
/// ever, and finds out that it has gone on.
// SAFETY: `slots` never changes; the words behind it are atomic, and an exchange gives a state to one call alone.
struct StatePool<State>: @unchecked Sendable {
    private static var count: Int { 8 }

    private let slots: UnsafeMutablePointer<Atomic<UInt>>
    private let overflow = Locked<[UInt]>([])

    init() {
        slots = .allocate(capacity: Self.count)
        for index in 0..<Self.count { (slots + index).initialize(to: Atomic(0)) }
    }

    /// Takes a state that nobody uses, or makes one.
    @inline(__always)
    func take(make: () -> State) -> UnsafeMutablePointer<State> {
        for index in 0..<Self.count where slots[index].load(ordering: .relaxed) != 0 {
            let address = slots[index].exchange(0, ordering: .acquiring)
            if let state = UnsafeMutablePointer<State>(bitPattern: address) { return state }
        }
        let address = overflow.withLock { $0.popLast() } ?? 0
        if let state = UnsafeMutablePointer<State>(bitPattern: address) { return state }
        let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
        state.initialize(to: make())
        return state
    }

    /// Gives a state back.
    @inline(__always)
    func give(_ state: UnsafeMutablePointer<State>) {
        let address = UInt(bitPattern: state)
        for index in 0..<Self.count where slots[index].load(ordering: .relaxed) == 0 {
            if slots[index].compareExchange(expected: 0, desired: address, ordering: .releasing).exchanged { return }
        }
        overflow.withLock { $0.append(address) }
    }
}

/// The states of `JSON.decode` and `JSON.parse`.
enum DecodingPool {
    private static let pool = StatePool<DecodingState>()

    static func take() -> UnsafeMutablePointer<DecodingState> {
        pool.take { DecodingState() }
    }

    /// Ends the call; at the end of its generations a state is left alone rather than start over.
    static func give(_ state: UnsafeMutablePointer<DecodingState>) {
        state.pointee.end()
        if state.pointee.generation != .max { pool.give(state) }
    }
}

/// The states of `JSON.encode`.
enum EncodingPool {
    private static let pool = StatePool<EncodingState>()

    static func take() -> UnsafeMutablePointer<EncodingState> {
        pool.take { EncodingState() }
    }

    /// Ends the call; at the end of its generations a state is left alone rather than start over.
    static func give(_ state: UnsafeMutablePointer<EncodingState>) {
        state.pointee.end()
        if state.pointee.generation != .max { pool.give(state) }
    }
}
