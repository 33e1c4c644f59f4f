// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1
import WhippetTestSupport

/// What a buffer holds at one moment; the buffer itself can't be copied into an expectation.
private struct Snapshot {
    let text: String
    let count: Int
    let isEmpty: Bool
    let capacity: Int

    init(_ buffer: borrowing ByteBuffer) {
        text = String(decoding: buffer.readableBytes, as: UTF8.self)
        count = buffer.count
        isEmpty = buffer.isEmpty
        capacity = buffer.capacity
    }
}

@Suite("ByteBuffer")
struct ByteBufferTests {
    @Test("a new buffer holds no memory")
    func empty() {
        let now = Snapshot(ByteBuffer())
        #expect(now.capacity == 0)
        #expect(now.isEmpty)
        #expect(now.count == 0)
        #expect(now.text.isEmpty)
    }

    @Test("what is appended is read in order")
    func append() {
        var buffer = ByteBuffer()
        buffer.append("literal " as StaticString)
        buffer.append("string and one that is too long to be small, \u{E9} " as String)
        buffer.append(Array("array ".utf8))
        Array("pointer".utf8).withUnsafeBufferPointer { buffer.append($0) }
        buffer.append(UnsafeBufferPointer(start: nil, count: 0))
        buffer.appendByte(0x21)
        let now = Snapshot(buffer)
        #expect(
            now.text
                == "literal string and one that is too long to be small, \u{E9} array pointer!")
        #expect(now.count == now.text.utf8.count)
    }

    @Test("numbers are written in decimal", arguments: [0, 9, 10, 99, 100, 1234, 65_535, .max] as [UInt64])
    func decimal(_ value: UInt64) {
        var buffer = ByteBuffer()
        buffer.appendDecimal(value)
        let now = Snapshot(buffer)
        #expect(now.text == String(value))
    }

    @Test("numbers are written in hexadecimal", arguments: [0, 9, 10, 15, 16, 255, 256, 0xABCDEF, .max] as [UInt64])
    func hexadecimal(_ value: UInt64) {
        var buffer = ByteBuffer()
        buffer.appendHexadecimal(value)
        let now = Snapshot(buffer)
        #expect(now.text == String(value, radix: 16))
    }

    @Test("bytes written into reserved memory count once they are committed")
    func reserve() {
        var buffer = ByteBuffer()
        let memory = buffer.reserve(3)
        memory.initialize(repeating: 0x61, count: 3)
        let before = Snapshot(buffer)
        #expect(before.isEmpty)
        buffer.commit(2)
        let after = Snapshot(buffer)
        #expect(after.text == "aa")
    }

    @Test("consumed bytes are gone")
    func consume() {
        var buffer = ByteBuffer()
        buffer.append("hello" as StaticString)
        buffer.consume(2)
        let part = Snapshot(buffer)
        #expect(part.text == "llo")
        buffer.consume(3)
        let none = Snapshot(buffer)
        #expect(none.isEmpty)
    }

    @Test("a buffer that is read as it is written does not grow")
    func steady() {
        var buffer = ByteBuffer()
        var expected = 0
        var generator = SplitMix(seed: 1)
        for number in 0..<20_000 {
            buffer.appendByte(UInt8(truncatingIfNeeded: number))
            while buffer.count > 100 || !buffer.isEmpty && Bool.random(using: &generator) {
                if buffer.readableBytes[0] != UInt8(truncatingIfNeeded: expected) {
                    Issue.record("byte \(expected) is not where it belongs")
                    return
                }
                expected += 1
                buffer.consume(1)
            }
        }
        let end = Snapshot(buffer)
        #expect(end.capacity == 256)
    }

    @Test("emptying keeps the memory if asked to")
    func removeAll() {
        var buffer = ByteBuffer(capacity: 1000)
        buffer.append("hello" as StaticString)
        buffer.removeAll(keepingCapacity: true)
        let kept = Snapshot(buffer)
        #expect(kept.isEmpty)
        #expect(kept.capacity == 1000)
        buffer.removeAll(keepingCapacity: false)
        let given = Snapshot(buffer)
        #expect(given.capacity == 0)
        buffer.append("again" as StaticString)
        let again = Snapshot(buffer)
        #expect(again.text == "again")
    }

    @Test("consuming more than there is ends the process")
    func consumeTooMuch() async {
        await #expect(processExitsWith: .failure) {
            var buffer = ByteBuffer()
            buffer.appendByte(0x61)
            buffer.consume(2)
        }
    }

    @Test("committing more than was reserved ends the process")
    func commitTooMuch() async {
        await #expect(processExitsWith: .failure) {
            var buffer = ByteBuffer()
            _ = buffer.reserve(1)
            buffer.commit(buffer.capacity + 1)
        }
    }

    @Test("reserving a negative number of bytes ends the process")
    func reserveNegative() async {
        await #expect(processExitsWith: .failure) {
            var buffer = ByteBuffer()
            _ = buffer.reserve(-1)
        }
    }
}
