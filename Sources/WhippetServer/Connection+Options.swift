// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1

/// The `Connection` field of an answer that has options of its own.
extension Connection {
    /// Writes what the connection itself says and what the answer's fields ask for, in one field, and the end of the
    /// head.
    ///
    /// Who sends `Upgrade` must say `upgrade` here, so that no proxy of HTTP/1.1 hands it on; so must who sends another
    /// field for the next recipient alone. An answer to HTTP/1.0 is no exception: that version's `Upgrade` in a request
    /// means nothing, but a 426 must name what would be understood.
    /// Source: [RFC 9110 §7.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1) and
    /// [§7.8](https://www.rfc-editor.org/rfc/rfc9110#section-7.8).
    func endHead(_ output: inout ByteBuffer, withOptionsOf headers: Headers) {
        var isFirst = true
        func separate() {
            output.append(isFirst ? "connection: " : ", ")
            isFirst = false
        }
        if !state.pointee.keepsAlive {
            separate()
            output.append("close")
        } else if state.pointee.minorVersion == 0 {
            separate()
            output.append("keep-alive")
        }
        var hasUpgrade = false
        headers.forEachField { name, value in
            switch FramingField(name) {
            case .upgrade: hasUpgrade = true
            case .connection:
                var options = ListElements(value)
                while let option = options.next() {
                    guard FramingField.mayBeOption(option) else { continue }
                    separate()
                    output.append(option)
                }
            default: return
            }
        }
        if hasUpgrade {
            separate()
            output.append("upgrade")
        }
        if !isFirst { output.append("\r\n") }
        ResponseWriter.endOfHead(into: &output)
    }
}
