// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Owns the place that a keyed container reads or writes at.
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
        var place: UnsafeMutablePointer<Place>?
    }

    private static var count: Int { 32 }
    /// How many boxes one key type can have in use at once, for types that contain themselves.
    private static var probes: Int { 4 }

    private let slots: UnsafeMutablePointer<Slot>

    init() {
        slots = .allocate(capacity: Self.count)
        slots.initialize(repeating: Slot(box: nil, key: nil, place: nil), count: Self.count)
    }

    /// A container at `place`: an old box, or what `make` makes.
    ///
    /// - Parameter key: The key type, which decides the container's type.
    @inline(__always)
    func container<Container>(
        _ key: ObjectIdentifier, at place: Place, make: (PlaceOwner<Place>) -> Container
    ) -> Container {
        let home = Self.home(key)
        for probe in 0..<Self.probes {
            let slot = slots + ((home &+ probe) & (Self.count - 1))
            guard slot.pointee.key == key else { continue }
            if let old = slot.pointee.place, isKnownUniquelyReferenced(&slot.pointee.box) {
                old.pointee = place
                // SAFETY: `box` is the first field, and it came out of a container of this very type.
                return UnsafeRawPointer(slot).assumingMemoryBound(to: Container.self).pointee
            }
        }
        let owner = PlaceOwner(place)
        let container = make(owner)
        keep(container, key, owner.place)
        return container
    }

    @inline(never)
    private func keep<Container>(
        _ container: Container, _ key: ObjectIdentifier, _ place: UnsafeMutablePointer<Place>
    ) {
        guard MemoryLayout<Container>.size == MemoryLayout<AnyObject>.size else { return }
        for probe in 0..<Self.probes {
            let slot = slots + ((Self.home(key) &+ probe) & (Self.count - 1))
            let isLast = probe == Self.probes - 1
            if slot.pointee.box == nil || isLast && slot.pointee.key != key {
                slot.pointee = Slot(box: unsafeBitCast(container, to: AnyObject.self), key: key, place: place)
                return
            }
        }
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
        return state.pointee.boxes.container(ObjectIdentifier(type), at: ObjectPlace(reader: self, at: index)) {
            KeyedDecodingContainer(ObjectDecoder<Key>($0))
        }
    }
}
