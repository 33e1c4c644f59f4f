// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What a state remembers about the types that it met: how to read or write a value of each.
///
/// Finding out takes a lookup of conformances and of names; the answer is kept for as long as the state lives.
/// The table does not grow: where it is crowded, types push each other out and are looked up again.
// SAFETY (of the pointer): allocated once for a state that is never freed; one call at a time uses a state.
struct TypeTable<Shortcut> {
    /// How to code a type.
    enum Way {
        /// Through its conformance to `Codable`.
        case codable
        /// Not at all; see `ForeignTypes`.
        case refused
        /// Through a form of its own that gives the same as its conformance, sooner.
        case shortcut(Shortcut)
    }

    private struct Slot {
        /// The type's address, 0 for none.
        var type: UInt
        var way: Way
    }

    private static var count: Int { 128 }
    /// How many slots a type may stand in.
    private static var probes: Int { 4 }

    private let slots: UnsafeMutablePointer<Slot>
    /// For each slot the last type whose home it is and that is coded by its conformance.
    private let codables: UnsafeMutablePointer<UInt>

    init() {
        codables = .allocate(capacity: Self.count)
        codables.initialize(repeating: 0, count: Self.count)
        slots = .allocate(capacity: Self.count)
        slots.initialize(repeating: Slot(type: 0, way: .codable), count: Self.count)
    }

    /// Whether `type` is coded by its conformance; false, too, where `way` has not been asked or does not say so at once.
    @inline(__always)
    func isCodable(_ type: Any.Type) -> Bool {
        codables[Self.home(type) & (Self.count - 1)] == Self.address(type)
    }

    /// How to code `type`.
    ///
    /// - Parameter find: Finds a type's shortcut.
    @inline(__always)
    func way(_ type: Any.Type, find: (Any.Type) -> Shortcut?) -> Way {
        let slot = slots + (Self.home(type) & (Self.count - 1))
        return slot.pointee.type == Self.address(type) ? slot.pointee.way : otherWay(type, find)
    }

    @inline(never)
    private func otherWay(_ type: Any.Type, _ find: (Any.Type) -> Shortcut?) -> Way {
        let home = Self.home(type)
        for probe in 1..<Self.probes {
            let slot = slots + ((home &+ probe) & (Self.count - 1))
            if slot.pointee.type == Self.address(type) { return slot.pointee.way }
        }
        return learn(type, home, find)
    }

    private func learn(_ type: Any.Type, _ home: Int, _ find: (Any.Type) -> Shortcut?) -> Way {
        var way = Way.codable
        if let shortcut = find(type) {
            way = .shortcut(shortcut)
        } else if ForeignTypes.contains(type) {
            way = .refused
        } else if !Self.isCodedByCallers(type) {
            codables[home & (Self.count - 1)] = Self.address(type)
        }
        // The first free slot, else the last one that the type may stand in.
        let free = (0..<Self.probes).first { slots[(home &+ $0) & (Self.count - 1)].type == 0 } ?? Self.probes - 1
        slots[(home &+ free) & (Self.count - 1)] = Slot(type: Self.address(type), way: way)
        return way
    }

    /// Whether those who ask have a way of their own for a type.
    private static func isCodedByCallers(_ type: Any.Type) -> Bool {
        type == String.self || type == Int.self || type == Double.self || type == JSON.self
    }

    @inline(__always)
    private static func address(_ type: Any.Type) -> UInt {
        UInt(bitPattern: ObjectIdentifier(type))
    }

    /// Metadata is aligned to 8 bytes or more: the bits that are always equal go.
    @inline(__always)
    private static func home(_ type: Any.Type) -> Int {
        Int(truncatingIfNeeded: ((address(type) >> 3) &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }
}

/// Types of Foundation whose own coding is not what JSON should hold.
///
/// `Date` codes itself as a bare number of seconds since 2001, `Data` as a list of numbers, `Decimal` and `URL` as
/// objects of their parts. Without WhippetFoundation, which gives them their usual form, that is an error.
package enum ForeignTypes {
    private static let names: Set<Substring> = ["Date", "Data", "Decimal", "URL"]
    private static let modules: Set<Substring> = ["Foundation", "FoundationEssentials"]

    /// Whether a type is one of them, told by its name.
    package static func contains(_ type: Any.Type) -> Bool {
        let name = _typeName(type).split(separator: ".")
        return name.count == 2 && modules.contains(name[0]) && names.contains(name[1])
    }

    /// What to tell the one who tries.
    package static func reason(_ type: Any.Type) -> String {
        "\(type) has no form in JSON of its own: code a string or a number instead"
    }
}
