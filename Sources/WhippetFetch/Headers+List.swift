// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// The header list itself: https://fetch.spec.whatwg.org/#concept-header-list. Names and values are valid here.
extension Headers {
    /// A Content-Type that the body brings, as ready-made bytes.
    package enum ImplicitContentType: UInt8, Sendable {
        case none
        case plainText
        case json
        case urlencoded

        /// The value of the field.
        package var value: StaticString {
            switch self {
            case .none: ""
            case .plainText: "text/plain;charset=UTF-8"
            case .json: "application/json"
            case .urlencoded: "application/x-www-form-urlencoded;charset=UTF-8"
            }
        }
    }

    /// Sets the Content-Type that a body brings if the list has none.
    mutating func addIfAbsent(_ type: ImplicitContentType) {
        guard type != .none else { return }
        // Fast path: most responses are made without fields; "a Content-Type that is there stays" shows
        // the other way.
        if implicitType == .none, case .list(let list) = storage, list.isEmpty {
            implicitType = type
        } else if !has(validated: "content-type") {
            implicitType = type
        }
    }

    /// Adds the Content-Type of a body if the list has none.
    mutating func addContentType(_ type: Body.ContentType) {
        switch type {
        case .implicit(let type): addIfAbsent(type)
        case .other(let type): if !has(validated: "content-type") { self[.contentType] = type }
        }
    }

    /// Whether the list has the name.
    func has(validated name: String) -> Bool {
        if implicitType != .none, equalsIgnoringCase(name, "content-type") { return true }
        switch storage {
        case .list(let list):
            return place(of: name, in: list) != nil
        case .received(let head):
            var isThere = false
            forEachReceivedValue(of: name, head) { _ in isThere = true }
            return isThere
        case .observed(let fields):
            return place(of: name, in: fields.noted) != nil
        }
    }

    /// Whether there may be conditions: a field whose name begins with `if-`, found in one pass.
    package var mayHaveConditions: Bool {
        guard case .received(let head) = storage else {
            return has(validated: "if-none-match") || has(validated: "if-modified-since") || has(validated: "if-match")
                || has(validated: "if-unmodified-since") || has(validated: "if-range")
        }
        // SAFETY: runs of a head lie within its bytes, which stay as they are as long as somebody refers to the head.
        let storage = head.storage
        for index in 0..<storage.pointee.fieldCount {
            let name = storage.pointee.fields[index].name
            guard name.count > 3 else { continue }
            let bytes = storage.pointee.bytes + Int(name.start)
            if bytes[0] == UInt8(ascii: "i"), bytes[1] == UInt8(ascii: "f"), bytes[2] == UInt8(ascii: "-") {
                return true
            }
        }
        return false
    }

    /// Implements [get from a header list](https://fetch.spec.whatwg.org/#concept-header-list-get).
    ///
    /// `Cookie` is joined by `"; "`, as RFC 9113 §8.2.3 and every server do: a comma would stand inside a cookie's value.
    func combinedValue(of name: String) -> String? {
        var combined: String?
        forEachValue(of: name) { value in
            guard let first = combined else {
                combined = value
                return
            }
            combined = first + (equalsIgnoringCase(name, "cookie") ? "; " : ", ") + value
        }
        return combined
    }

    /// The values of a name, each for itself.
    func values(of name: String) -> [String] {
        var values: [String] = []
        forEachValue(of: name) { values.append($0) }
        return values
    }

    /// Calls `body` with each value of a name, in order.
    private func forEachValue(of name: String, _ body: (String) -> Void) {
        switch storage {
        case .list(let list): forEachValue(of: name, in: list, body)
        case .received(let head): forEachReceivedValue(of: name, head) { body(String(latin1: $0)) }
        case .observed(let fields): forEachValue(of: name, in: fields.noted, body)
        }
        if implicitType != .none, equalsIgnoringCase(name, "content-type") { body("\(implicitType.value)") }
    }

    private func forEachValue(of name: String, in list: [Field], _ body: (String) -> Void) {
        var start = 0
        while let place = place(of: name, in: list, from: start) {
            body(list[place].value)
            start = place + 1
        }
    }

    private func forEachReceivedValue(
        of name: String, _ head: MessageHead, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        // SAFETY: runs of a head lie within its bytes, which stay as they are as long as somebody refers to the head.
        let storage = head.storage
        name.withBytes { name in
            for index in 0..<storage.pointee.fieldCount {
                let field = storage.pointee.fields[index]
                guard Int(field.name.count) == name.count,
                    isLowercased(storage.pointee.bytes + Int(field.name.start), name)
                else { continue }
                body(head.bytes(field.value))
            }
        }
    }

    /// Whether Content-Type has parameters, for all that a look at its bytes can tell.
    var mayHaveCharset: Bool {
        guard case .received(let head) = storage else { return has(validated: "content-type") }
        var mayHaveCharset = false
        forEachReceivedValue(of: "content-type", head) { value in
            if value.contains(0x3B) { mayHaveCharset = true }
        }
        return mayHaveCharset
    }

    /// Appends a field.
    mutating func addLast(_ name: String, _ value: String) {
        var list = takeList()
        list.append(Field(name: name, value: value))
        storage = .list(list)
    }

    /// Implements [set in a header list](https://fetch.spec.whatwg.org/#concept-header-list-set).
    mutating func replace(_ name: String, _ value: String) {
        var list = takeList()
        if let first = place(of: name, in: list) {
            list[first].value = value
            if let second = place(of: name, in: list, from: first + 1) {
                let rest = list[second...].filter { !equalsIgnoringCase($0.name, name) }
                list.replaceSubrange(second..., with: rest)
            }
        } else {
            list.append(Field(name: name, value: value))
        }
        storage = .list(list)
    }

    /// Where the next field of a name stands, from a place on.
    private func place(of name: String, in list: [Field], from start: Int = 0) -> Int? {
        name.withBytes { name in
            var place = start
            while place < list.count {
                if list[place].name.utf8.count == name.count,
                    list[place].name.withBytes({ equalsIgnoringCase($0, name) })
                {
                    return place
                }
                place += 1
            }
            return nil
        }
    }

    /// Puts a `Set-Cookie` in the place of those that it replaces, or at the end.
    mutating func replaceSetCookie(_ value: String, where isReplaced: (String) -> Bool) {
        var list = takeList()
        var place: Int?
        var index = 0
        list.removeAll { field in
            defer { index += 1 }
            guard equalsIgnoringCase(field.name, "set-cookie"), isReplaced(field.value) else { return false }
            guard place == nil else { return true }
            place = index
            return false
        }
        if let place { list[place].value = value } else { list.append(Field(name: "set-cookie", value: value)) }
        storage = .list(list)
    }

    /// Implements [delete from a header list](https://fetch.spec.whatwg.org/#concept-header-list-delete).
    mutating func remove(_ name: String) {
        var list = takeList()
        list.removeAll { equalsIgnoringCase($0.name, name) }
        storage = .list(list)
    }

    /// The fields as a list of strings, the implicit Content-Type in its place; leaves the storage empty, so that the
    /// caller changes the list where it lies.
    private mutating func takeList() -> [Field] {
        var list: [Field]
        switch storage {
        case .list(let fields):
            list = fields
        case .received(let head):
            list = []
            list.reserveCapacity(head.count + 1)
            for index in 0..<head.count {
                let field = head.field(index)
                list.append(
                    Field(
                        name: String(latin1: head.bytes(field.name)), value: String(latin1: head.bytes(field.value))))
            }
        case .observed(let observed):
            list = observed.noted
        }
        storage = .list([])
        if implicitType != .none {
            list.append(Field(name: "content-type", value: "\(implicitType.value)"))
            implicitType = .none
        }
        return list
    }

    /// The fields in wire order, names as given.
    var fields: [Field] {
        if case .list(let fields) = storage, implicitType == .none { return fields }
        var copy = self
        return copy.takeList()
    }

    /// Calls `body` with the bytes of each field in wire order: names as given, values as Latin-1.
    ///
    /// The bytes are valid during the call only. ASCII costs no allocation.
    package func forEachField(_ body: (_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> Void)
    {
        switch storage {
        case .received(let head):
            for index in 0..<head.count {
                let field = head.field(index)
                body(head.bytes(field.name), head.bytes(field.value))
            }
        case .list(let list): forEachField(in: list, body)
        case .observed(let fields): forEachField(in: fields.noted, body)
        }
        if implicitType != .none {
            let name: StaticString = "content-type"
            // SAFETY: a StaticString's storage is immutable and lives as long as the process.
            body(
                UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount),
                UnsafeBufferPointer(start: implicitType.value.utf8Start, count: implicitType.value.utf8CodeUnitCount))
        }
    }
}

extension Headers {
    private func forEachField(
        in list: [Field], _ body: (_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> Void
    ) {
        for field in list {
            field.name.withBytes { name in
                field.value.withLatin1Bytes { value in body(name, value) }
            }
        }
    }
}

/// Whether the bytes from `start` on are the name in lower case.
private func isLowercased(_ start: UnsafeMutablePointer<UInt8>, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in 0..<name.count where start[index] != ASCII.lowercased(name[index]) { return false }
    return true
}

/// Whether two names are equal without regard to ASCII case.
func equalsIgnoringCase(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left.withBytes { left in right.withBytes { equalsIgnoringCase(left, $0) } }
}

/// Whether two runs of bytes are equal without regard to ASCII case.
private func equalsIgnoringCase(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where ASCII.lowercased(left[index]) != ASCII.lowercased(right[index]) { return false }
    return true
}
