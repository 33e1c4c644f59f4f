// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Who owns the place that a keyed container points to.
///
/// Containers are copied at each use. In a box that is used again the place belongs to the state and the container to
/// nobody, so that copying it is free; all others hold an owner.
protocol PlaceOwnership {}

/// The place belongs to the state.
struct StateOwnsPlace: PlaceOwnership {}

/// The place belongs to this object.
final class PlaceOwner<Place>: PlaceOwnership {
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
        slots = .allocate(capacity: Self.count)
        let places = UnsafeMutablePointer<Place>.allocate(capacity: Self.count)
        for index in 0..<Self.count {
            (slots + index).initialize(to: Slot(box: nil, key: nil, place: places + index))
        }
    }

    /// A container at `place` out of an old box, nil where none is free.
    ///
    /// - Parameter key: The key type, which decides the container's type.
    @inline(__always)
    func old<Container>(_ key: ObjectIdentifier, at place: Place, _: Container.Type) -> Container? {
        let home = Self.home(key)
        for probe in 0..<Self.probes {
            let slot = slots + ((home &+ probe) & (Self.count - 1))
            if slot.pointee.key == key, isKnownUniquelyReferenced(&slot.pointee.box) {
                slot.pointee.place.initialize(to: place)
                // SAFETY: `box` is the first field, and it came out of a container of this very type.
                return UnsafeRawPointer(slot).assumingMemoryBound(to: Container.self).pointee
            }
        }
        return nil
    }

    /// Makes a container at `place` in a new box and keeps the box, nil where no slot is free.
    @inline(never)
    func new<Container>(
        _ key: ObjectIdentifier, at place: Place, make: (UnsafeMutablePointer<Place>) -> Container
    ) -> Container? {
        guard MemoryLayout<Container>.size == MemoryLayout<AnyObject>.size else { return nil }
        for probe in 0..<Self.probes {
            let slot = slots + ((Self.home(key) &+ probe) & (Self.count - 1))
            // The place is free once nobody else holds the box that points to it.
            guard slot.pointee.box == nil || isKnownUniquelyReferenced(&slot.pointee.box) else { continue }
            slot.pointee.place.initialize(to: place)
            let container = make(slot.pointee.place)
            slot.pointee.key = key
            slot.pointee.box = unsafeBitCast(container, to: AnyObject.self)
            return container
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
        let boxes = state.pointee.boxes
        let key = ObjectIdentifier(type)
        if let container = boxes.old(key, at: place, KeyedDecodingContainer<Key>.self) { return container }
        return boxes.new(key, at: place) { KeyedDecodingContainer(ObjectDecoder<Key, StateOwnsPlace>($0, StateOwnsPlace())) }
            ?? KeyedDecodingContainer(ObjectDecoder<Key, PlaceOwner<ObjectPlace>>(PlaceOwner(place)))
    }
}
