// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetHTTP1

/// The fields of an answer that the engine decides on or looks at.
enum FramingField {
    case other
    case date
    case connection
    case keepAlive
    case contentLength
    case transferEncoding
    case upgrade

    /// Tells which field this name is, in any case: the length decides first, so that most names cost one comparison.
    init(_ name: UnsafeBufferPointer<UInt8>) {
        switch name.count {
        case 4 where Self.matches(name, "date"): self = .date
        case 7 where Self.matches(name, "upgrade"): self = .upgrade
        case 10 where Self.matches(name, "connection"): self = .connection
        case 10 where Self.matches(name, "keep-alive"): self = .keepAlive
        case 14 where Self.matches(name, "content-length"): self = .contentLength
        case 17 where Self.matches(name, "transfer-encoding"): self = .transferEncoding
        default: self = .other
        }
    }

    /// Whether the value of `Connection`, a list, asks for the connection's end.
    static func isClose(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        var options = ListElements(value)
        while let option = options.next() {
            if ListElements.equals(option, "close") { return true }
        }
        return false
    }

    /// Whether an element of a handler's `Connection` field goes out: `close`, `keep-alive` and `upgrade` are the engine's
    /// to say, and the fields that frame an answer are for everybody on its way.
    static func mayBeOption(_ element: UnsafeBufferPointer<UInt8>) -> Bool {
        guard case .other = FramingField(element) else { return false }
        return !ListElements.equals(element, "close") && ResponseWriter.isValidFieldName(element)
    }

    private static func matches(_ name: UnsafeBufferPointer<UInt8>, _ lowercase: StaticString) -> Bool {
        for index in 0..<name.count where name[index] | 0x20 != lowercase.utf8Start[index] { return false }
        return true
    }
}
