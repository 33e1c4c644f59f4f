// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Boxes of keyed containers that one state uses again and again.
///
/// `KeyedDecodingContainer` and `KeyedEncodingContainer` put each container into a box on the heap, and finding the
/// box's class for a key type costs more than the allocation. A type mostly drops its container before the next value
/// of that type comes, so the box can be pointed to the next object. A box that somebody else still holds is left alone.
///
/// The containers are one pointer to a place that stays where it is, because they are copied at each use.
// SAFETY: `slots` is allocated once for a state that is never freed; one call at a time uses a state.
struct ContainerBoxes<Place, Form: KeyForm> {
    /// A place, and the box of the container that points to it.
    struct Slot {
        /// The box: a container is one reference to it.
        fileprivate var box: AnyObject?
        /// The key type's address, 0 for none.
        fileprivate var key: UInt
        fileprivate(set) var place: UnsafeMutablePointer<Place>
        /// A `ContainerType` of the container's type; counting its references would cost time at each use.
        fileprivate(set) var type: Unmanaged<AnyObject>?
        /// The names of the keys, nil where they are not one byte each.
        fileprivate(set) var names: UnsafeMutablePointer<Form>?
    }

    private static var count: Int { 32 }
    /// How many boxes one key type can have in use at once, for types that contain themselves.
    private static var probes: Int { 4 }

    let slots: UnsafeMutablePointer<Slot>
    /// Boxes in use that found no slot.
    private var others: [Slot] = []

    init() {
        slots = .allocate(capacity: Self.count)
        let places = UnsafeMutablePointer<Place>.allocate(capacity: Self.count)
        for index in 0..<Self.count {
            (slots + index).initialize(to: Slot(box: nil, key: 0, place: places + index, type: nil, names: nil))
        }
    }

    /// A slot whose box nobody else holds, nil where there is none; the caller says which place it is to stand for.
    ///
    /// - Parameters:
    ///   - key: The key type, which decides the container's type.
    ///   - slots: Those of the boxes, which would be copied with their references if this were a method.
    @inline(__always)
    static func free(_ key: Any.Type, _ slots: UnsafeMutablePointer<Slot>) -> UnsafeMutablePointer<Slot>? {
        let key = UInt(bitPattern: ObjectIdentifier(key))
        let home = home(key)
        let slot = slots + (home & (count - 1))
        if slot.pointee.key == key, isKnownUniquelyReferenced(&slot.pointee.box) { return slot }
        return otherFree(key, home, slots)
    }

    @inline(never)
    private static func otherFree(
        _ key: UInt, _ home: Int, _ slots: UnsafeMutablePointer<Slot>
    ) -> UnsafeMutablePointer<Slot>? {
        for probe in 1..<probes {
            let slot = slots + ((home &+ probe) & (count - 1))
            if slot.pointee.key == key, isKnownUniquelyReferenced(&slot.pointee.box) { return slot }
        }
        return nil
    }

    /// A container at `place` in a new box, which is kept.
    ///
    /// Were a container not one reference, as it is in all versions of the standard library so far, no box would be
    /// used again and no place be freed.
    ///
    /// - Parameters:
    ///   - type: The key type.
    ///   - place: The place, given the names that the box keeps.
    ///   - make: Makes the container.
    mutating func keep<Key: CodingKey, Container>(
        _ type: Key.Type, at place: (UnsafeMutablePointer<Form>?) -> Place,
        make: (UnsafeMutablePointer<Place>) -> Container
    ) -> Container {
        let key = UInt(bitPattern: ObjectIdentifier(type))
        if MemoryLayout<Container>.size == MemoryLayout<AnyObject>.size, let slot = freeSlot(key) {
            if slot.pointee.key != key {
                slot.pointee.type?.release()
                slot.pointee.type = Unmanaged.passRetained(ContainerType<Container>())
                slot.pointee.names = Self.names(type, instead: slot.pointee.names)
            }
            slot.pointee.place.initialize(to: place(slot.pointee.names))
            let container = make(slot.pointee.place)
            slot.pointee.key = key
            slot.pointee.box = unsafeBitCast(container, to: AnyObject.self)
            return container
        }
        let own = UnsafeMutablePointer<Place>.allocate(capacity: 1)
        own.initialize(to: place(nil))
        let container = make(own)
        if MemoryLayout<Container>.size == MemoryLayout<AnyObject>.size {
            others.append(
                Slot(box: unsafeBitCast(container, to: AnyObject.self), key: key, place: own, type: nil, names: nil))
        }
        return container
    }

    /// An empty table for the names of a type's keys, nil where they are not one byte each.
    private static func names<Key: CodingKey>(
        _ type: Key.Type, instead old: UnsafeMutablePointer<Form>?
    ) -> UnsafeMutablePointer<Form>? {
        guard Form.suits(type) else {
            old?.deallocate()
            return nil
        }
        let names = old ?? .allocate(capacity: Form.count)
        names.initialize(repeating: .unknown, count: Form.count)
        return names
    }

    /// The place of a slot is free once nobody else holds the box that points to it.
    private func freeSlot(_ key: UInt) -> UnsafeMutablePointer<Slot>? {
        for probe in 0..<Self.probes {
            let slot = slots + ((Self.home(key) &+ probe) & (Self.count - 1))
            if slot.pointee.box == nil || isKnownUniquelyReferenced(&slot.pointee.box) { return slot }
        }
        return nil
    }

    /// Frees the boxes that found no slot, at the end of a call; what is still held stays until a later call's end.
    mutating func sweep() {
        if others.isEmpty { return }
        for index in others.indices.reversed() where isKnownUniquelyReferenced(&others[index].box) {
            others[index].place.deallocate()
            others.swapAt(index, others.count - 1)
            others.removeLast()
        }
    }

    /// Metadata is aligned to 8 bytes or more: the bits that are always equal go.
    @inline(__always)
    private static func home(_ key: UInt) -> Int {
        Int(truncatingIfNeeded: ((key >> 3) &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }
}

/// Takes a container out of a slot.
///
/// The standard library hides how a container is laid out, so that copying one takes its type's metadata, and to find
/// that for a key type takes longer than the rest of making a container. An object of this class knows it.
final class ContainerType<Container> {
    // SAFETY: `box` is a slot's first field, and came out of a container of this very type.
    @inline(never)
    func container(at slot: UnsafeRawPointer) -> Container {
        slot.assumingMemoryBound(to: Container.self).pointee
    }
}

extension TapeReader {
    /// A keyed container for the object at `index`.
    @inline(__always)
    func object<Key: CodingKey>(_ type: Key.Type, at index: UInt32) throws -> KeyedDecodingContainer<Key> {
        guard kind(at: index) == .object else { throw mismatch([String: Any].self, expected: "an object", at: index) }
        let slots = state.pointee.boxes.slots
        if let slot = ContainerBoxes<KeyedPlace, KeyName>.free(type, slots), let type = slot.pointee.type {
            slot.pointee.place.initialize(to: KeyedPlace(reader: self, at: index, names: slot.pointee.names))
            // SAFETY: `keep` made the object for the container of this key type; the slot keeps it.
            return type._withUnsafeGuaranteedRef {
                unsafeDowncast($0, to: ContainerType<KeyedDecodingContainer<Key>>.self).container(at: slot)
            }
        }
        return newContainer(type, at: index)
    }

    @inline(never)
    private func newContainer<Key: CodingKey>(
        _ type: Key.Type, at index: UInt32
    ) -> KeyedDecodingContainer<Key> {
        state.pointee.boxes.keep(type) {
            KeyedPlace(reader: self, at: index, names: $0)
        } make: {
            KeyedDecodingContainer(ObjectDecoder<Key>($0))
        }
    }
}
