// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

extension URLWriter {
    /// Writes what the parser found: the second phase of parsing.
    static func write(_ parts: URLParts, input: Span<UInt8>, base: URL?) throws(URLFailure) -> URL {
        var text = base?.serialization ?? ""
        let offsets = base?.offsets ?? URLOffsets()
        return try text.withUTF8 { bytes in
            Result { () throws(URLFailure) in try write(parts, input, bytes.span, offsets) }
        }.get()
    }

    private static func write(
        _ parts: URLParts, _ input: Span<UInt8>, _ base: Span<UInt8>, _ offsets: URLOffsets
    ) throws(URLFailure) -> URL {
        let capacity = self.capacity(parts, baseCount: base.count)
        guard capacity <= UInt32.max else { throw .inputTooLong }
        return url(capacity: capacity) { writer in
            if let range = parts.schemeRange {
                writer.writeScheme(input.extracting(range), parts.scheme)
            } else {
                writer.writeScheme(base.extracting(0..<Int(offsets.schemeEnd) - 1), parts.scheme)
            }
            writer.writeHost(parts, input, base, offsets)
            writer.writePath(parts, input, base, offsets)
            writer.separatePath()
            switch parts.query {
            case .null: writer.writeQuery(nil)
            case .input(let range): writer.writeQuery(input.extracting(range), isPlain: parts.restIsPlain)
            case .base where offsets.hasQuery: writer.writeQuery(base.extracting(Range(offsets.query)), isPlain: true)
            case .base: writer.writeQuery(nil)
            }
            if let range = parts.fragment {
                writer.writeFragment(input.extracting(range), isPlain: parts.restIsPlain)
            } else {
                writer.writeFragment(nil)
            }
        }
    }

    /// A bound of what is written: three bytes for each one that may be percent-encoded.
    private static func capacity(_ parts: URLParts, baseCount: Int) -> Int {
        // "://", a password's colon, "@", a port, "/.", a slash, "?", "#" and "%20" for a space are in the constant.
        var capacity = 24 + (parts.schemeRange?.count ?? 0)
        capacity += 3 * (parts.username.count + parts.password.count)
        let rest = parts.restIsPlain ? 1 : 3
        switch parts.host {
        case .null, .empty, .base: break
        case .domain(let range): capacity += range.count
        case .opaque(let range): capacity += 3 * range.count
        case .converted(let bytes): capacity += bytes.count
        }
        switch parts.path {
        case .empty, .base: break
        case .segments(let range, _): capacity += (parts.pathIsPlain ? 1 : 3) * range.count
        case .opaque(let range): capacity += 3 * range.count
        }
        if case .input(let range) = parts.query { capacity += rest * range.count }
        capacity += rest * (parts.fragment?.count ?? 0)
        return capacity + baseCount
    }

    private mutating func writeHost(
        _ parts: URLParts, _ input: Span<UInt8>, _ base: Span<UInt8>, _ baseOffsets: URLOffsets
    ) {
        switch parts.host {
        case .null: return
        case .base:
            copyAuthority(base, baseOffsets)
            return
        case .empty:
            writeCredentials(username: input.extracting(parts.username), password: input.extracting(parts.password))
        case .domain(let range):
            writeCredentials(username: input.extracting(parts.username), password: input.extracting(parts.password))
            appendLowercased(input.extracting(range))
        case .opaque(let range):
            writeCredentials(username: input.extracting(parts.username), password: input.extracting(parts.password))
            append(input.extracting(range), encoding: .c0Control)
        case .converted(let bytes):
            writeCredentials(username: input.extracting(parts.username), password: input.extracting(parts.password))
            append(bytes.span)
        }
        writePort(parts.port)
    }

    /// Copies credentials, host and port of a URL with the same scheme.
    mutating func copyAuthority(_ base: Span<UInt8>, _ from: URLOffsets) {
        guard from.hasHost else { return }
        append(base.extracting(Int(from.schemeEnd)..<Int(from.pathStart)))
        offsets.hasHost = true
        offsets.usernameEnd = from.usernameEnd
        offsets.hostStart = from.hostStart
        offsets.hostEnd = from.hostEnd
        offsets.pathStart = from.pathStart
    }

    private mutating func writePath(
        _ parts: URLParts, _ input: Span<UInt8>, _ base: Span<UInt8>, _ baseOffsets: URLOffsets
    ) {
        switch parts.path {
        case .empty: break
        case .base:
            offsets.hasOpaquePath = baseOffsets.hasOpaquePath
            append(base.extracting(Range(baseOffsets.path)))
        case .opaque(let range):
            var isLast = parts.fragment == nil
            if case .input = parts.query { isLast = false }
            writeOpaquePath(input.extracting(range), isLast: isLast)
        case .segments(let range, let prefix):
            let start = Int(baseOffsets.pathStart)
            append(base.extracting(start..<start + prefix))
            if parts.pathIsPlain {
                // Fast path: nothing to encode or to resolve ("plain paths are what resolving them gives").
                append(0x2F)
                append(input.extracting(range))
            } else {
                writeSegments(input.extracting(range))
            }
        }
    }
}
