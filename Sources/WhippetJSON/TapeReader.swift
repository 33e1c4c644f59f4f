// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Reads values off the tape of one decoding call: what decoders and containers are made of.
// SAFETY: states are never freed (`DecodingPool`), and `check` compares generations before anything is read, so that a
// reader that outlives its call finds out. Indices come from the tape of the same generation.
package struct TapeReader {
    /// The index of a value that is not there, such as that of a `superDecoder` without a member: it reads as `null`.
    static let missing = UInt32.max

    let state: UnsafeMutablePointer<DecodingState>
    let generation: UInt32

    @inline(__always) var isLive: Bool { state.pointee.generation == generation }
    @inline(__always) var tape: Tape { state.pointee.tape }

    /// Makes sure that the call is still going on.
    @inline(__always)
    func check() throws {
        if !isLive { throw Self.outOfDate }
    }

    static var outOfDate: any Error {
        JSONError(kind: .misuse, reason: "a decoder was used after its JSON.decode had returned")
    }

    /// The kind of the value at `index`.
    @inline(__always)
    func kind(at index: UInt32) -> TapeKind {
        index == Self.missing ? .null : state.pointee.tape[index].kind
    }

    var userInfo: [CodingUserInfoKey: Any] {
        guard isLive else { return [:] }
        return state.pointee.userInfo
    }

    func codingPath(to index: UInt32) -> [any CodingKey] {
        guard isLive, index != Self.missing else { return [] }
        return state.pointee.codingPath(to: index)
    }

    // MARK: - Scalars

    @inline(__always)
    func isNull(at index: UInt32) -> Bool {
        kind(at: index) == .null
    }

    @inline(__always)
    func bool(at index: UInt32) throws -> Bool {
        switch kind(at: index) {
        case .true: return true
        case .false: return false
        default: throw mismatch(Bool.self, expected: "a boolean", at: index)
        }
    }

    @inline(__always)
    func string(at index: UInt32) throws -> String {
        switch kind(at: index) {
        case .string, .escapedString: return state.pointee.tape.string(state.pointee.tape[index])
        default: throw mismatch(String.self, expected: "a string", at: index)
        }
    }

    @inline(__always)
    func integer<Integer: FixedWidthInteger>(_ type: Integer.Type, at index: UInt32) throws -> Integer {
        if kind(at: index) == .signed,
            let value = Integer(exactly: Int64(bitPattern: state.pointee.tape[index].payload))
        {
            return value
        }
        return try otherInteger(type, at: index)
    }

    /// An integer that is written as a fraction, wider than 64 bits or not one at all.
    @inline(never)
    private func otherInteger<Integer: FixedWidthInteger>(
        _ type: Integer.Type, at index: UInt32
    ) throws -> Integer {
        switch kind(at: index) {
        case .signed: break
        case .unsigned:
            if let value = Integer(exactly: tape[index].payload) { return value }
        case .double:
            let text = String(decoding: tape.numberText(tape[index]), as: UTF8.self)
            if let value = Integer(text) { return value }
            let value = Double(bitPattern: tape[index].payload)
            // Digits that a `Double` has lost can't come back: an integer without a fraction was tried above.
            if abs(value) < 0x1p53, let integer = Integer(exactly: value) { return integer }
            if value.rounded(.towardZero) != value {
                throw corrupted(.numberOutOfRange, at: index, "\(text.prefix(40)) is not an integer")
            }
        default: throw mismatch(type, expected: "a number", at: index)
        }
        let text = String(decoding: tape.numberText(tape[index]).prefix(40), as: UTF8.self)
        throw corrupted(.numberOutOfRange, at: index, "\(text) does not fit in \(type)")
    }

    @inline(__always)
    func double(at index: UInt32) throws -> Double {
        switch kind(at: index) {
        case .double: return Double(bitPattern: state.pointee.tape[index].payload)
        case .signed: return Double(Int64(bitPattern: state.pointee.tape[index].payload))
        case .unsigned: return Double(state.pointee.tape[index].payload)
        default: return try nonFinite(Double.self, at: index)
        }
    }

    func float(at index: UInt32) throws -> Float {
        switch kind(at: index) {
        case .double, .signed, .unsigned:
            let value = try double(at: index)
            let float = Float(value)
            if Double(float) == value { return float }
            // Rounding twice could miss the nearest `Float`: read the digits.
            let text = String(decoding: tape.numberText(tape[index]), as: UTF8.self)
            guard let float = Float(text), float.isFinite else {
                throw corrupted(.numberOutOfRange, at: index, "\(text.prefix(40)) does not fit in Float")
            }
            return float
        default: return try nonFinite(Float.self, at: index)
        }
    }

    /// A string that stands for a number that JSON does not have.
    private func nonFinite<Value: BinaryFloatingPoint>(_ type: Value.Type, at index: UInt32) throws -> Value {
        if case .strings(let infinity, let negativeInfinity, let notANumber) = state.pointee.nonFinite.value,
            kind(at: index) == .string || kind(at: index) == .escapedString
        {
            let text = try string(at: index)
            if text == infinity { return .infinity }
            if text == negativeInfinity { return -.infinity }
            if text == notANumber { return .nan }
        }
        throw mismatch(type, expected: "a number", at: index)
    }
}
