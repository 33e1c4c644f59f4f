// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetFetch

/// Operations on headers, a line each: the headers must agree with a plain list of pairs.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    var headers = Headers()
    var model: [(name: String, value: String)] = []
    for line in bytes.split(separator: 0x0A).prefix(64) {
        let text = latin1(line.dropFirst())
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        let name = String(text[..<colon])
        let value = String(text[colon...].dropFirst())
        perform(line[line.startIndex], name, value, &headers, &model)
        check(name, headers, model)
    }
    var previous = ""
    for (name, value) in headers {
        precondition(name >= previous && name == name.lowercased(), "not sorted, or not in lower case: \(name)")
        precondition(name == "set-cookie" || headers[name] == value, "another value: \(name)")
        previous = name
    }
    var wireFields = 0
    headers.forEachWireField { name, value in
        wireFields += 1
        let isClean = [name, value].joined().allSatisfy { $0 != 0 && $0 != 0x0A && $0 != 0x0D }
        precondition(isClean && !name.isEmpty, "a field that would break a message")
    }
    precondition(wireFields == model.count, "a lost field")
    return 0
}

private func perform(
    _ operation: UInt8, _ name: String, _ value: String, _ headers: inout Headers,
    _ model: inout [(name: String, value: String)]
) {
    let kept = trimmed(value)
    switch operation % 4 {
    case 0:
        if (try? headers.append(name, value)) != nil { model.append((name, kept)) }
    case 1:
        guard (try? headers.set(name, value)) != nil else { return }
        set(name, kept, &model)
    case 2:
        if (try? headers.delete(name)) != nil { model.removeAll { same($0.name, name) } }
    default:
        let before = headers
        headers[name] = value
        if headers[name]?.utf8.elementsEqual(kept.utf8) == true, isToken(name) {
            set(name, kept, &model)
        } else {
            precondition(headers == before, "a refused assignment changed the headers")
        }
    }
}

private func set(_ name: String, _ value: String, _ model: inout [(name: String, value: String)]) {
    guard let first = model.firstIndex(where: { same($0.name, name) }) else {
        model.append((name, value))
        return
    }
    model[first].value = value
    let kept = model[first]
    model.removeAll { same($0.name, name) }
    model.insert(kept, at: min(first, model.count))
}

private func check(_ name: String, _ headers: Headers, _ model: [(name: String, value: String)]) {
    guard let value = try? headers.get(name) else {
        precondition(!model.contains { same($0.name, name) }, "a lost name: \(name)")
        return
    }
    let separator = same(name, "cookie") ? "; " : ", "
    let expected = model.filter { same($0.name, name) }.map(\.value).joined(separator: separator)
    precondition(value.utf8.elementsEqual(expected.utf8), "another value of \(name): \(value), not \(expected)")
}

// MARK: - The model's own view of names and values

private func latin1(_ bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
}

private func same(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8) { lowered($0) == lowered($1) }
}

private func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
}

private func isToken(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
}

private func trimmed(_ value: String) -> String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n"
    }
    let scalars = value.unicodeScalars.drop(while: isSpace)
    guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(scalars[...last])
}
