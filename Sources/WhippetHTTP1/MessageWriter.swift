// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What requests and responses are written with: fields, the end of the head, chunks.
///
/// The writers check nothing that costs time on every field: a name or value that did not come from a checked place is
/// tested with `isValidFieldName` and `isValidFieldValue` first, and a message that fails is not sent.
@usableFromInline
package protocol MessageWriter {}

extension MessageWriter {
    /// Whether these bytes may be written as a field name.
    package static func isValidFieldName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        WireBytes.isFieldName(name)
    }

    /// Whether this string may be written as a field name.
    package static func isValidFieldName(_ name: String) -> Bool {
        name.utf8.withContiguousStorageIfAvailable { WireBytes.isFieldName($0) }
            ?? Array(name.utf8).withUnsafeBufferPointer { WireBytes.isFieldName($0) }
    }

    /// Whether these bytes may be written as a field value.
    package static func isValidFieldValue(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        WireBytes.isFieldValue(value)
    }

    /// Whether this string may be written as a field value.
    package static func isValidFieldValue(_ value: String) -> Bool {
        value.utf8.withContiguousStorageIfAvailable { WireBytes.isFieldValue($0) }
            ?? Array(value.utf8).withUnsafeBufferPointer { WireBytes.isFieldValue($0) }
    }

    // MARK: - Fields

    /// Writes a field line.
    @inlinable
    package static func field(
        name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer
    ) {
        let count = name.count &+ value.count &+ 4
        var cursor = output.reserve(count)
        if let source = name.baseAddress { cursor.update(from: source, count: name.count) }
        cursor += name.count
        cursor[0] = 0x3A
        cursor[1] = 0x20
        cursor += 2
        if let source = value.baseAddress { cursor.update(from: source, count: value.count) }
        cursor += value.count
        cursor[0] = 0x0D
        cursor[1] = 0x0A
        output.commit(count)
    }

    /// Writes a field line.
    @inlinable @_disfavoredOverload
    package static func field(name: String, value: String, into output: inout ByteBuffer) {
        output.append(name)
        output.append(": ")
        output.append(value)
        output.append("\r\n")
    }

    /// Writes a field line whose name is a literal.
    @inlinable
    package static func field(name: StaticString, value: String, into output: inout ByteBuffer) {
        output.append(name)
        output.append(": ")
        output.append(value)
        output.append("\r\n")
    }

    /// Writes Content-Length.
    @inlinable
    package static func contentLength(_ length: Int, into output: inout ByteBuffer) {
        // All at once: this stands in most answers.
        let name: StaticString = "content-length: "
        let start = output.reserve(18 &+ DecimalDigits.maximumCount)
        UnsafeMutableRawPointer(start).copyMemory(from: name.utf8Start, byteCount: 16)
        let end = DecimalDigits.write(UInt64(clamping: length), to: start + 16)
        end[0] = 0x0D
        end[1] = 0x0A
        output.commit(end + 2 - start)
    }

    /// Writes that the body comes in chunks.
    @inlinable
    package static func transferEncodingChunked(into output: inout ByteBuffer) {
        output.append("transfer-encoding: chunked\r\n")
    }

    /// The line that says that the connection ends with this message.
    @inlinable package static var connectionClose: StaticString { "connection: close\r\n" }

    /// The line that says that the connection stays open, which a peer of HTTP/1.0 wants to read.
    @inlinable package static var connectionKeepAlive: StaticString { "connection: keep-alive\r\n" }

    /// Writes the empty line that ends a head.
    @inlinable
    package static func endOfHead(into output: inout ByteBuffer) {
        output.append("\r\n")
    }

    // MARK: - Chunks

    /// Writes the line before a chunk's content, which has `count` bytes, at least one: none would end the body.
    @inlinable
    package static func chunkHead(_ count: Int, into output: inout ByteBuffer) {
        precondition(count > 0, "MessageWriter.chunkHead: a chunk is not empty")
        output.appendHexadecimal(UInt64(count))
        output.append("\r\n")
    }

    /// Writes what stands behind a chunk's content.
    @inlinable
    package static func chunkTail(into output: inout ByteBuffer) {
        output.append("\r\n")
    }

    /// Writes a whole chunk; nothing if there is no content, which would end the body.
    @inlinable
    package static func chunk(_ content: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer) {
        guard !content.isEmpty else { return }
        chunkHead(content.count, into: &output)
        output.append(content)
        chunkTail(into: &output)
    }

    /// Writes the end of a chunked body, without trailers.
    @inlinable
    package static func lastChunk(into output: inout ByteBuffer) {
        output.append("0\r\n\r\n")
    }
}
