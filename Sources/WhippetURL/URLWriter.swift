// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// Implements the [URL serializer](https://url.spec.whatwg.org/#concept-url-serializer): writes each byte once and
/// notes where the components lie.
///
/// The parser uses it with ranges of its input, the setters with the components of the URL that they change.
struct URLWriter {
    // SAFETY: `buffer` is the memory of the string that is being made; `append` checks each write against its size,
    // and the writer does not outlive the closure that got it.
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0
    var offsets = URLOffsets()

    /// Makes a URL of what `body` writes; `capacity` bounds that.
    static func url(capacity: Int, _ body: (inout URLWriter) -> Void) -> URL {
        var offsets = URLOffsets()
        let serialization = String(unsafeUninitializedCapacity: capacity) { buffer in
            var writer = URLWriter(buffer: buffer)
            body(&writer)
            writer.offsets.end = writer.position
            offsets = writer.offsets
            return writer.count
        }
        return URL(serialization: fitted(serialization, capacity), offsets: offsets)
    }

    /// Gives back the memory that was reserved for percent-encoding, if much of it was not used.
    private static func fitted(_ text: String, _ capacity: Int) -> String {
        guard capacity > 2 * text.utf8.count + 64 else { return text }
        return String(decoding: Array(text.utf8), as: UTF8.self)
    }

    private init(buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
    }

    // MARK: - Bytes

    /// The number of bytes written, as an offset.
    var position: UInt32 { UInt32(truncatingIfNeeded: count) }

    mutating func append(_ byte: UInt8) {
        precondition(count < buffer.count, "URLWriter: more bytes than announced")
        buffer[count] = byte
        count += 1
    }

    mutating func append(_ bytes: Span<UInt8>) {
        precondition(bytes.count <= buffer.count - count, "URLWriter: more bytes than announced")
        bytes.withUnsafeBufferPointer { source in
            guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
            // SAFETY: the precondition above proves that the bytes fit.
            (to + count).update(from: from, count: source.count)
        }
        count += bytes.count
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append($0.span) }
    }

    mutating func append(_ bytes: Span<UInt8>, encoding set: PercentEncodeSet) {
        for index in bytes.indices {
            let byte = bytes[index]
            if set.contains(byte) {
                append(0x25)
                append(PercentEncoding.upperHexDigit(byte >> 4))
                append(PercentEncoding.upperHexDigit(byte & 0xF))
            } else {
                append(byte)
            }
        }
    }

    /// Appends a colon and the digits of a port.
    mutating func append(port: UInt16) {
        append(0x3A)
        var divisor: UInt16 = 1
        for _ in 1..<URLWriter.digitCount(port) { divisor *= 10 }
        while divisor > 0 {
            append(0x30 + UInt8(truncatingIfNeeded: port / divisor % 10))
            divisor /= 10
        }
    }

    /// The number of decimal digits of a port.
    static func digitCount(_ port: UInt16) -> UInt32 {
        port < 10 ? 1 : port < 100 ? 2 : port < 1000 ? 3 : port < 10_000 ? 4 : 5
    }

    mutating func appendLowercased(_ bytes: Span<UInt8>) {
        precondition(bytes.count <= buffer.count - count, "URLWriter: more bytes than announced")
        for index in bytes.indices { buffer[count + index] = bytes[index].asciiLowercased }
        count += bytes.count
    }

    // MARK: - Components, in their order

    /// Step 1: the scheme and a colon.
    mutating func writeScheme(_ scheme: Span<UInt8>, _ kind: SpecialScheme) {
        appendLowercased(scheme)
        append(0x3A)
        offsets.scheme = kind
        writeNoHost()
    }

    /// Notes that there is no host, until one is written.
    private mutating func writeNoHost() {
        offsets.schemeEnd = position
        offsets.usernameEnd = position
        offsets.hostStart = position
        offsets.hostEnd = position
        offsets.pathStart = position
    }

    /// Steps 2.1 and 2.2: two slashes and the credentials, if there are any.
    mutating func writeCredentials(username: Span<UInt8>, password: Span<UInt8>) {
        append("//")
        offsets.hasHost = true
        append(username, encoding: .userinfo)
        offsets.usernameEnd = position
        if !password.isEmpty {
            append(0x3A)
            append(password, encoding: .userinfo)
        }
        if !username.isEmpty || !password.isEmpty { append(0x40) }
        offsets.hostStart = position
    }

    /// Step 2.4: the port, after the host.
    mutating func writePort(_ port: UInt16?) {
        offsets.hostEnd = position
        if let port { append(port: port) }
        offsets.pathStart = position
    }

    /// Step 3: keeps a path that begins with two slashes apart from an authority: call it after the path is written.
    mutating func separatePath() {
        let start = Int(offsets.pathStart)
        guard !offsets.hasHost, !offsets.hasOpaquePath, count >= start + 2,
            buffer[start] == 0x2F, buffer[start + 1] == 0x2F
        else { return }
        append("/.")
        var index = count - 1
        while index >= start + 2 {
            buffer[index] = buffer[index - 2]
            index -= 1
        }
        buffer[start] = 0x2F
        buffer[start + 1] = 0x2E
        offsets.pathStart += 2
    }

    /// Step 5: the query with its question mark; call it without one, too.
    mutating func writeQuery(_ query: Span<UInt8>?, isPlain: Bool = false) {
        offsets.queryStart = position
        guard let query else { return }
        append(0x3F)
        if isPlain {
            append(query)
        } else {
            append(query, encoding: offsets.scheme.isSpecial ? .specialQuery : .query)
        }
    }

    /// Step 6: the fragment with its number sign; call it without one, too.
    mutating func writeFragment(_ fragment: Span<UInt8>?, isPlain: Bool = false) {
        offsets.fragmentStart = position
        guard let fragment else { return }
        append(0x23)
        if isPlain {
            append(fragment)
        } else {
            append(fragment, encoding: .fragment)
        }
    }

    // MARK: - Paths, for URLWriter+Path

    /// The byte written at an index, nil outside of what is written.
    func written(_ index: Int) -> UInt8? {
        index >= 0 && index < count ? buffer[index] : nil
    }

    /// Takes back everything after the first `length` bytes.
    mutating func truncate(to length: Int) {
        count = max(0, min(count, length))
    }
}
