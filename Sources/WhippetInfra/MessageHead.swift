// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// One message head as received: its start line, its fields and the raw bytes that both point into.
///
/// The HTTP parser fills it, `Headers` and `Request` read from it, strings are made on demand. Field names are kept in
/// lower case, values without the white space around them. An engine reuses a head when nobody else refers to it any
/// more, so that a request costs no allocation.
// SAFETY: a head is written only by the parser that made or reused it, before anybody else sees it, and after that
// never again until `isKnownUniquelyReferenced` has proved that nobody does.
@usableFromInline package final class MessageHead: @unchecked Sendable {
    /// A run of bytes in the head: offset and count.
    @usableFromInline package struct Run: Sendable {
        @usableFromInline package var start: UInt32
        @usableFromInline package var count: UInt32

        @inlinable package init(start: Int = 0, count: Int = 0) {
            self.start = UInt32(truncatingIfNeeded: start)
            self.count = UInt32(truncatingIfNeeded: count)
        }
    }

    /// Where one field lies.
    @usableFromInline package struct Field: Sendable {
        @usableFromInline package var name: Run
        @usableFromInline package var value: Run

        @inlinable package init(name: Run, value: Run) {
            self.name = name
            self.value = value
        }
    }

    @usableFromInline package struct Storage {
        @usableFromInline package internal(set) var bytes: UnsafeMutablePointer<UInt8>
        @usableFromInline package internal(set) var byteCount: Int
        @usableFromInline package internal(set) var byteCapacity: Int
        @usableFromInline package internal(set) var fields: UnsafeMutablePointer<Field>
        @usableFromInline package internal(set) var fieldCount: Int
        @usableFromInline internal var fieldCapacity: Int

        /// A request's method.
        @usableFromInline package var method: HTTPMethod
        /// A request's target, as it came.
        @usableFromInline package var target: Run
        /// A response's status code.
        @usableFromInline package var statusCode: UInt16
        /// A response's reason phrase.
        @usableFromInline package var reason: Run
        /// The minor version: 0 for HTTP/1.0, 1 for HTTP/1.1.
        @usableFromInline package var minorVersion: UInt8
        /// A request's authority: the value of `Host`, or that of an absolute target.
        @usableFromInline package var authority: Run

        /// The bytes of a run; valid as long as the head is alive and unchanged.
        @inlinable package func bytes(_ run: Run) -> UnsafeBufferPointer<UInt8> {
            let end = Int(run.start) + Int(run.count)
            guard end <= byteCount else { return UnsafeBufferPointer(start: nil, count: 0) }
            return UnsafeBufferPointer(start: bytes + Int(run.start), count: Int(run.count))
        }
    }

    /// The head's content, behind a constant pointer: reading a class's property would check exclusivity each time.
    @usableFromInline package let storage: UnsafeMutablePointer<Storage>

    /// Makes an empty head with room for a usual request.
    package init() {
        storage = .allocate(capacity: 1)
        storage.initialize(
            to: Storage(
                bytes: .allocate(capacity: 1024), byteCount: 0, byteCapacity: 1024,
                fields: .allocate(capacity: 16), fieldCount: 0, fieldCapacity: 16,
                method: .GET, target: Run(), statusCode: 0, reason: Run(), minorVersion: 1, authority: Run()))
    }

    deinit {
        storage.pointee.bytes.deallocate()
        storage.pointee.fields.deallocate()
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// How many fields there are, repeated ones counted each time.
    @inlinable package var count: Int { storage.pointee.fieldCount }

    /// How much memory the head holds, in bytes.
    @inlinable package var capacity: Int {
        storage.pointee.byteCapacity + storage.pointee.fieldCapacity * MemoryLayout<Field>.stride
    }

    /// The bytes of a run; valid as long as the head is alive and unchanged.
    @inlinable package func bytes(_ run: Run) -> UnsafeBufferPointer<UInt8> { storage.pointee.bytes(run) }

    /// The field at `index`, which must be below `count`.
    @inlinable package func field(_ index: Int) -> Field {
        precondition(index >= 0 && index < storage.pointee.fieldCount, "MessageHead.field: index out of range")
        return storage.pointee.fields[index]
    }

    // MARK: - Filling, by the parser that owns the head

    /// Forgets all content and keeps the memory.
    @inlinable package func removeAll() {
        storage.pointee.byteCount = 0
        storage.pointee.fieldCount = 0
        storage.pointee.target = Run()
        storage.pointee.authority = Run()
        storage.pointee.reason = Run()
    }

    /// Makes room for `count` more bytes and returns where to write them; `commit` then counts them in.
    @inlinable package func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        let needed = storage.pointee.byteCount + count
        if needed > storage.pointee.byteCapacity {
            let capacity = max(needed, storage.pointee.byteCapacity * 2)
            let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            bytes.update(from: storage.pointee.bytes, count: storage.pointee.byteCount)
            storage.pointee.bytes.deallocate()
            storage.pointee.bytes = bytes
            storage.pointee.byteCapacity = capacity
        }
        return storage.pointee.bytes + storage.pointee.byteCount
    }

    /// Counts `count` bytes in that were written where `reserve` said, and returns their run.
    @discardableResult
    @inlinable package func commit(_ count: Int) -> Run {
        precondition(count >= 0 && count <= storage.pointee.byteCapacity - storage.pointee.byteCount)
        let run = Run(start: storage.pointee.byteCount, count: count)
        storage.pointee.byteCount += count
        return run
    }

    /// Copies bytes in and returns their run.
    @discardableResult
    @inlinable package func append(_ source: UnsafeBufferPointer<UInt8>) -> Run {
        if let base = source.baseAddress { reserve(source.count).update(from: base, count: source.count) }
        return commit(source.count)
    }

    /// Gives the last field another value, which lies in the head.
    package func setLastValue(_ value: Run) {
        guard count > 0 else { return }
        storage.pointee.fields[count - 1].value = value
    }

    /// Adds a field.
    @inlinable @inline(__always)
    package func append(_ field: Field) {
        if storage.pointee.fieldCount == storage.pointee.fieldCapacity {
            let capacity = storage.pointee.fieldCapacity * 2
            let fields = UnsafeMutablePointer<Field>.allocate(capacity: capacity)
            fields.update(from: storage.pointee.fields, count: storage.pointee.fieldCount)
            storage.pointee.fields.deallocate()
            storage.pointee.fields = fields
            storage.pointee.fieldCapacity = capacity
        }
        storage.pointee.fields[storage.pointee.fieldCount] = field
        storage.pointee.fieldCount += 1
    }
}
