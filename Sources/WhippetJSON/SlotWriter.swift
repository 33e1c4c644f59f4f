// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Writes values into one slot of one encoding call: what encoders and containers are made of.
// SAFETY: states are never freed (`EncodingPool`). A state that has gone on may serve a call of another thread, so
// `isLive` compares the generation before anything else of it is read, and whatever touches the state checks first.
package struct SlotWriter {
    let state: UnsafeMutablePointer<EncodingState>
    let generation: UInt32
    let slot: UInt32
    let serial: UInt64

    init(_ state: UnsafeMutablePointer<EncodingState>, slot: UInt32) {
        self.state = state
        self.slot = slot
        generation = state.pointee.generation
        serial = state.pointee.slots[Int(slot)].serial
    }

    /// A writer whose every use throws, with a state that serves nobody.
    static var dead: SlotWriter { deadHolder.writer }

    // SAFETY: the state behind it is never written.
    private struct DeadHolder: @unchecked Sendable {
        let writer: SlotWriter
    }

    private static let deadHolder: DeadHolder = {
        let state = UnsafeMutablePointer<EncodingState>.allocate(capacity: 1)
        state.initialize(to: EncodingState())
        return DeadHolder(writer: SlotWriter(unused: state))
    }()

    private init(unused state: UnsafeMutablePointer<EncodingState>) {
        self.state = state
        generation = 0
        slot = 0
        serial = 0
    }

    @inline(__always) var isLive: Bool {
        state.pointee.generation == generation && slot < state.pointee.slotCount
            && state.pointee.slots[Int(slot)].serial == serial
    }

    /// Makes sure that the value is still being written.
    @inline(__always)
    func check() throws {
        if !isLive { throw Self.outOfDate }
    }

    static var outOfDate: any Error {
        JSONError(kind: .misuse, reason: "an encoder was used after its value had been written")
    }

    var codingPath: [any CodingKey] { isLive ? state.pointee.codingPath(of: slot) : [] }

    var userInfo: [CodingUserInfoKey: Any] {
        guard isLive else { return [:] }
        return state.pointee.userInfo
    }

    // MARK: - Containers

    /// Makes the slot an object or an array, where it is not one yet; false where it is something else.
    func open(_ kind: EncodingState.SlotKind) -> Bool {
        guard isLive else { return false }
        let record = state.pointee.slots + Int(slot)
        if record.pointee.kind == kind { return true }
        guard record.pointee.kind == .nothing else {
            fail(misuse("a value was written as two kinds of JSON"))
            return false
        }
        guard record.pointee.depth < JSON.maximumDepth else {
            fail(tooDeep())
            return false
        }
        state.pointee.enter(slot)
        record.pointee.kind = kind
        state.pointee.text.append(kind == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
        return true
    }

    /// A keyed container that writes the slot's members.
    @inline(__always)
    func object<Key: CodingKey>(_ type: Key.Type) -> KeyedEncodingContainer<Key> {
        guard open(.object) else { return KeyedEncodingContainer(ObjectEncoder<Key>(ObjectSlot.dead)) }
        let slots = state.pointee.boxes.slots
        if let slot = ContainerBoxes<ObjectSlot, KeyText>.free(type, slots), let container = slot.pointee.type {
            slot.pointee.place.initialize(to: ObjectSlot(self, keys: type, texts: slot.pointee.names))
            // SAFETY: `keep` made the object for the container of this key type; the slot keeps it.
            return container._withUnsafeGuaranteedRef {
                unsafeDowncast($0, to: ContainerType<KeyedEncodingContainer<Key>>.self).container(at: slot)
            }
        }
        return newContainer(type)
    }

    @inline(never)
    private func newContainer<Key: CodingKey>(_ type: Key.Type) -> KeyedEncodingContainer<Key> {
        state.pointee.boxes.keep(type) {
            ObjectSlot(self, keys: type, texts: $0)
        } make: {
            KeyedEncodingContainer(ObjectEncoder<Key>($0))
        }
    }

    /// An unkeyed container that writes the slot's elements.
    @inline(__always)
    func array() -> ArrayEncoder {
        ArrayEncoder(writer: open(.array) ? self : .dead)
    }

    /// Starts the next element.
    ///
    /// - Returns: Where it starts, comma included.
    @inline(__always)
    @discardableResult
    func beginElement() throws -> Int {
        try check()
        state.pointee.enter(slot)
        let start = state.pointee.text.count
        let record = state.pointee.slots + Int(slot)
        if record.pointee.count > 0 { state.pointee.text.append(UInt8(ascii: ",")) }
        record.pointee.count &+= 1
        return start
    }

    /// Starts the next member.
    ///
    /// - Returns: Where it starts, comma and key included.
    @inline(__always)
    @discardableResult
    func beginMember(_ key: String) throws -> Int {
        try check()
        state.pointee.enter(slot)
        let start = state.pointee.text.count
        let record = state.pointee.slots + Int(slot)
        state.pointee.text.append(key: key, hasComma: record.pointee.count > 0)
        record.pointee.count &+= 1
        return start
    }

    /// Starts the next member under a key whose text is ready, as `beginMember(_:)` does; nil where the writer is out
    /// of date.
    @inline(__always)
    func beginMember(_ text: UnsafePointer<KeyText>) -> Int? {
        guard isLive else { return nil }
        state.pointee.enter(slot)
        let start = state.pointee.text.count
        let record = state.pointee.slots + Int(slot)
        state.pointee.text.append(key: text, hasComma: record.pointee.count > 0)
        record.pointee.count &+= 1
        return start
    }

    /// A slot for an element or member that user code writes later.
    private func nested(from start: Int) -> SlotWriter {
        let isTooDeep = state.pointee.slots[Int(slot)].depth >= JSON.maximumDepth
        if isTooDeep { fail(tooDeep()) }
        let nested = state.pointee.pushSlot(from: start)
        return isTooDeep ? .dead : SlotWriter(state, slot: nested)
    }

    /// A slot for the next element, or one whose use throws.
    func nestedElement() -> SlotWriter {
        (try? beginElement()).map { nested(from: $0) } ?? .dead
    }

    /// A slot for the next member, or one whose use throws.
    func nestedMember(_ key: String) -> SlotWriter {
        (try? beginMember(key)).map { nested(from: $0) } ?? .dead
    }

    // MARK: - Values

    /// Writes a value of any type into a new slot, after its key.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - shortcut: What `shortcut` gave for its type.
    ///   - start: Where the element or member starts.
    @inline(__always)
    func encode<Value: Encodable>(
        _ value: Value, _ shortcut: (any SlotWritable.Type)?, from start: Int
    ) throws {
        let inner = try begin(from: start)
        do {
            try SlotWriter(state, slot: inner).write(value, shortcut)
        } catch {
            throw abandon(inner, from: start, error)
        }
        state.pointee.popSlots(from: inner)
    }

    /// Writes a value of any type into a new slot, without a copy of it.
    func encode<Value: Encodable>(
        lent value: inout Value, _ shortcut: (any SlotWritable.Type)?, from start: Int
    ) throws {
        let inner = try begin(from: start)
        do {
            try SlotWriter(state, slot: inner).write(value, shortcut)
        } catch {
            throw abandon(inner, from: start, error)
        }
        state.pointee.popSlots(from: inner)
    }

    @inline(__always)
    private func begin(from start: Int) throws -> UInt32 {
        if state.pointee.slots[Int(slot)].depth >= JSON.maximumDepth { throw tooDeep() }
        return state.pointee.pushSlot(from: start)
    }

    @inline(never)
    private func abandon(_ inner: UInt32, from start: Int, _ error: any Error) -> any Error {
        state.pointee.popSlots(from: inner)
        takeBack(to: start, error)
        return error
    }

    /// Removes a member whose value could not be written, so that code that goes on without it leaves good JSON.
    private func takeBack(to start: Int, _ error: any Error) {
        if state.pointee.late != nil || state.pointee.current != slot {
            fail(error)
        } else {
            state.pointee.text.truncate(to: start)
            state.pointee.slots[Int(slot)].count &-= 1
        }
    }

    /// Starts the one value of the slot.
    @inline(__always)
    func beginScalar() throws {
        try check()
        guard state.pointee.slots[Int(slot)].kind == .nothing else {
            throw misuse("a value was written as two kinds of JSON")
        }
        state.pointee.enter(slot)
        state.pointee.slots[Int(slot)].kind = .scalar
    }

    /// Writes a JSON value after its key, where there is one.
    func append(json: JSON, from start: Int, key: (any CodingKey)?) throws {
        if state.pointee.text.append(json: json, nonFinite: state.pointee.nonFinite) { return }
        let path = PathText.text(codingPath + (key.map { [$0] } ?? []))
        let error = JSONError(
            kind: .notEncodable, path: path, reason: "a number that is not finite has no form in JSON")
        takeBack(to: start, error)
        throw error
    }

    /// Writes a JSON value as the one value of the slot.
    func append(json: JSON) throws {
        try beginScalar()
        let start = state.pointee.text.count
        if state.pointee.text.append(json: json, nonFinite: state.pointee.nonFinite) { return }
        state.pointee.text.truncate(to: start)
        state.pointee.slots[Int(slot)].kind = .nothing
        throw JSONError(
            kind: .notEncodable, path: PathText.text(codingPath),
            reason: "a number that is not finite has no form in JSON")
    }

    /// How numbers that JSON does not have are written.
    var nonFinite: JSON.NonFiniteStrategy { state.pointee.nonFinite }

    // MARK: - Errors

    /// Keeps an error that can't be thrown here, so that the call fails with it.
    func fail(_ error: any Error) {
        if state.pointee.failure == nil { state.pointee.failure = error }
    }

    func misuse(_ reason: String) -> any Error {
        JSONError(kind: .misuse, path: PathText.text(codingPath), reason: reason)
    }

    private func tooDeep() -> any Error {
        JSONError(
            kind: .tooDeep, path: PathText.text(codingPath),
            reason: "arrays and objects are nested more than \(JSON.maximumDepth) deep")
    }

    /// Throws for a number that JSON does not have, where the options say so.
    @inline(never)
    func refuse(nonFinite value: any BinaryFloatingPoint, key: (any CodingKey)? = nil) throws {
        try check()
        guard state.pointee.nonFinite == .refuse else { return }
        let reason = "\(value) has no form in JSON"
        let path = codingPath + (key.map { [$0] } ?? [])
        throw EncodingError.invalidValue(
            value,
            EncodingError.Context(
                codingPath: path, debugDescription: reason,
                underlyingError: JSONError(kind: .notEncodable, path: PathText.text(path), reason: reason)))
    }
}
