// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Owns the place that a keyed container points to, where the state does not.
///
/// Containers are copied at each use. In a box that is used again the place belongs to the state and the container
/// names no owner, so that copying it touches no reference count.
final class PlaceOwner<Place> {
    // SAFETY: allocated here, freed in `deinit`; containers that use it hold the owner.
    let place: UnsafeMutablePointer<Place>

    init(_ first: Place) {
        place = .allocate(capacity: 1)
        place.initialize(to: first)
    }

    deinit {
        place.deinitialize(count: 1)
        place.deallocate()
    }
}

/// Boxes of keyed containers that one state uses again and again.
///
/// `KeyedDecodingContainer` and `KeyedEncodingContainer` put each container into a box on the heap, and finding the
/// box's class for a key type costs more than the allocation. A type mostly drops its container before the next value
/// of that type comes, so the box can be pointed to the next object. A box that somebody else still holds is left alone.
// SAFETY: `slots` is allocated once for a state that is never freed; one call at a time uses a state.
struct ContainerBoxes<Place> {
    private struct Slot {
        /// The box: a container is one reference to it.
        var box: AnyObject?
        var key: ObjectIdentifier?
        var place: UnsafeMutablePointer<Place>
    }

    private static var count: Int { 32 }
    /// How many boxes one key type can have in use at once, for types that contain themselves.
    private static var probes: Int { 4 }

    private let slots: UnsafeMutablePointer<Slot>

    init() {
        precondition(
            MemoryLayout<KeyedDecodingContainer<AnyKey>>.size == MemoryLayout<AnyObject>.size
                && MemoryLayout<KeyedEncodingContainer<AnyKey>>.size == MemoryLayout<AnyObject>.size,
            "ContainerBoxes: a keyed container of the standard library is not one reference any more")
        slots = .allocate(capacity: Self.count)
        let places = UnsafeMutablePointer<Place>.allocate(capacity: Self.count)
        for index in 0..<Self.count {
            (slots + index).initialize(to: Slot(box: nil, key: nil, place: places + index))
        }
    }

    /// Points an old box to `place` and returns where the container is, nil where no box is free.
    ///
    /// - Parameter key: The key type, which decides the container's type.
    @inline(__always)
    func reuse(_ key: ObjectIdentifier, at place: Place) -> UnsafeRawPointer? {
        let home = Self.home(key)
        for probe in 0..<Self.probes {
            let slot = slots + ((home &+ probe) & (Self.count - 1))
            if slot.pointee.key == key, isKnownUniquelyReferenced(&slot.pointee.box) {
                slot.pointee.place.initialize(to: place)
                // `box` is the first field.
                return UnsafeRawPointer(slot)
            }
        }
        return nil
    }

    /// A place for a new box that may be kept, nil where all are in use.
    func free(_ key: ObjectIdentifier) -> UnsafeMutablePointer<Place>? {
        freeSlot(key)?.pointee.place
    }

    /// Keeps the box of a container that points to the place that `free` gave.
    func keep<Container>(_ container: Container, _ key: ObjectIdentifier) {
        guard let slot = freeSlot(key) else { return }
        slot.pointee.key = key
        slot.pointee.box = unsafeBitCast(container, to: AnyObject.self)
    }

    /// The place of a slot is free once nobody else holds the box that points to it.
    private func freeSlot(_ key: ObjectIdentifier) -> UnsafeMutablePointer<Slot>? {
        for probe in 0..<Self.probes {
            let slot = slots + ((Self.home(key) &+ probe) & (Self.count - 1))
            if slot.pointee.box == nil || isKnownUniquelyReferenced(&slot.pointee.box) { return slot }
        }
        return nil
    }

    /// Metadata is aligned to 8 bytes or more: the bits that are always equal go.
    @inline(__always)
    private static func home(_ key: ObjectIdentifier) -> Int {
        Int(truncatingIfNeeded: ((UInt(bitPattern: key) >> 3) &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }
}

extension TapeReader {
    /// A keyed container for the object at `index`.
    @inline(__always)
    func object<Key: CodingKey>(_ type: Key.Type, at index: UInt32) throws -> KeyedDecodingContainer<Key> {
        guard kind(at: index) == .object else { throw mismatch([String: Any].self, expected: "an object", at: index) }
        let place = ObjectPlace(reader: self, at: index)
        if let box = state.pointee.boxes.reuse(ObjectIdentifier(type), at: place) {
            // SAFETY: the box came out of a container of this very type.
            return box.assumingMemoryBound(to: KeyedDecodingContainer<Key>.self).pointee
        }
        return newContainer(type, at: place)
    }

    @inline(never)
    private func newContainer<Key: CodingKey>(
        _ type: Key.Type, at place: ObjectPlace
    ) -> KeyedDecodingContainer<Key> {
        let boxes = state.pointee.boxes
        guard let shared = boxes.free(ObjectIdentifier(type)) else {
            return KeyedDecodingContainer(ObjectDecoder<Key>(PlaceOwner(place)))
        }
        shared.initialize(to: place)
        let container = KeyedDecodingContainer(ObjectDecoder<Key>(shared))
        boxes.keep(container, ObjectIdentifier(type))
        return container
    }
}
