// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetJSON
import WhippetMustache

/// A template of any text: it is read or refused, and rendering it ends, with itself as a partial as well.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    guard let template = try? MustacheTemplate(text) else {
        precondition(holds(text, "{{"), "a text without a tag is refused")
        return 0
    }
    let hostile: JSON = "<\"'&>"
    let data: JSON = ["a": hostile, "b": ["a": hostile, "c": 1.5], "l": [hostile], "t": true, "n": .null]
    guard let rendered = try? template.render(data) else { return 0 }
    if !holds(text, "{{") { precondition(rendered == text, "text without a tag has changed") }
    precondition((try? template.render(data)) == rendered, "rendered another time otherwise")
    _ = try? template.render(data, partials: ["a": template, "p": template])
    // Escaped, no value brings a quote or a bracket that the template does not have itself.
    if !holds(text, "{{{"), !text.utf8.contains(where: { "<>\"'&=".utf8.contains($0) }) {
        precondition(!rendered.utf8.contains(where: { "<>\"'".utf8.contains($0) }), "a value is not escaped")
    }
    return 0
}

/// Whether the bytes of a text hold others: characters could join a bracket with what follows it.
private func holds(_ text: String, _ wanted: String) -> Bool {
    let wanted = Array(wanted.utf8)
    var rest = Array(text.utf8)[...]
    while let place = rest.firstIndex(of: 0x7B) {
        if rest[place...].starts(with: wanted) { return true }
        rest = rest[(place + 1)...]
    }
    return false
}
