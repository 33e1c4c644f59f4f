// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// What the fields of a head say of its framing and of the connection, gathered field by field.
struct FramingFields {
    /// How far the transfer codings are known.
    private enum Coding: UInt8 {
        case none
        case chunkedLast
        case otherLast
    }

    /// The Content-Length, -1 if there is none.
    private var contentLength = -1
    private var coding = Coding.none
    private var hasTransferEncoding = false
    private var hasUnsupportedCoding = false
    private var saysClose = false
    private var saysKeepAlive = false
    private var expectsContinue = false
    private var hasUnsupportedExpectation = false
    private(set) var hasHost = false
    /// The valid host that the connection named last: it mostly names the same one again.
    private var knownHost = ShortBytes()

    /// Forgets the fields of the message before.
    mutating func reset() {
        let host = knownHost
        self = FramingFields()
        knownHost = host
    }

    /// Takes note of a field: its name in lower case, and its value behind that.
    ///
    /// - Returns: The rule that the field breaks.
    @inline(__always)
    mutating func note(
        name: UnsafePointer<UInt8>, _ count: Int, valueCount: Int, run: MessageHead.Run, _ isRequest: Bool,
        into head: MessageHead
    ) -> MessageError? {
        let value = UnsafeBufferPointer(start: name + count, count: valueCount)
        switch count {
        case 4 where isRequest && Self.equals(name, "host"): return noteHost(value, run, into: head)
        case 6 where isRequest && Self.equals(name, "expect"): return noteExpect(value)
        case 10 where Self.equals(name, "connection"): return noteConnection(value)
        case 14 where Self.equals(name, "content-length"): return noteContentLength(value)
        case 17 where Self.equals(name, "transfer-encoding"): return noteTransferEncoding(value)
        default: return nil
        }
    }

    @inline(__always)
    private static func equals(_ name: UnsafePointer<UInt8>, _ word: StaticString) -> Bool {
        memcmp(name, word.utf8Start, word.utf8CodeUnitCount) == 0
    }

    /// [RFC 9110 §7.2](https://www.rfc-editor.org/rfc/rfc9110#section-7.2).
    private mutating func noteHost(
        _ value: UnsafeBufferPointer<UInt8>, _ run: MessageHead.Run, into head: MessageHead
    ) -> MessageError? {
        if hasHost { return .repeatedHost }
        hasHost = true
        // Fast path: "a host that is repeated is judged as the first time" shows it equal.
        if !(knownHost == value) {
            guard Authority.isValid(value) else { return .invalidHost }
            knownHost.set(value)
        }
        // RFC 9112 §3.2.2: the authority of an absolute target stands for the one received.
        if head.storage.pointee.authority.count == 0 {
            head.storage.pointee.authority = run
        } else {
            head.setLastValue(head.storage.pointee.authority)
        }
        return nil
    }

    /// [RFC 9110 §10.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1).
    private mutating func noteExpect(_ value: UnsafeBufferPointer<UInt8>) -> MessageError? {
        var elements = ListElements(value)
        while let element = elements.next() {
            if ListElements.equals(element, "100-continue") {
                expectsContinue = true
            } else {
                hasUnsupportedExpectation = true
            }
        }
        return nil
    }

    /// [RFC 9110 §7.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1).
    private mutating func noteConnection(_ value: UnsafeBufferPointer<UInt8>) -> MessageError? {
        var elements = ListElements(value)
        while let element = elements.next() {
            if ListElements.equals(element, "close") {
                saysClose = true
            } else if ListElements.equals(element, "keep-alive") {
                saysKeepAlive = true
            }
        }
        return nil
    }

    /// [RFC 9110 §8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6).
    ///
    /// It leaves it to the recipient to refuse repeated equal values or to take them as one. They are refused: no
    /// honest sender makes them, and a peer on the way may read them in another way.
    private mutating func noteContentLength(_ value: UnsafeBufferPointer<UInt8>) -> MessageError? {
        if contentLength >= 0 { return .repeatedContentLength }
        var length = 0
        for byte in value {
            let (product, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte &- 0x30))
            guard byte &- 0x30 < 10, !overflow, !carry else { return .invalidContentLength }
            length = sum
        }
        if value.isEmpty { return .invalidContentLength }
        contentLength = length
        return nil
    }

    /// [RFC 9112 §6.1](https://www.rfc-editor.org/rfc/rfc9112#section-6.1).
    private mutating func noteTransferEncoding(_ value: UnsafeBufferPointer<UInt8>) -> MessageError? {
        hasTransferEncoding = true
        var elements = ListElements(value)
        while let element = elements.next() {
            if coding == .chunkedLast { return .chunkedNotFinal }
            if ListElements.equals(element, "chunked") {
                coding = .chunkedLast
            } else {
                coding = .otherLast
                hasUnsupportedCoding = true
            }
        }
        return nil
    }

    // MARK: - Algorithm

    /// The rule that the fields break together, once all are known.
    ///
    /// Implements what [RFC 9112 §6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3) says of contradictions.
    func check(minorVersion: UInt8) -> MessageError? {
        guard hasTransferEncoding else { return nil }
        if minorVersion == 0 { return .transferEncodingWithoutHTTP11 }
        if contentLength >= 0 { return .contentLengthWithTransferEncoding }
        if coding != .chunkedLast { return .chunkedNotFinal }
        return hasUnsupportedCoding ? .unsupportedTransferCoding : nil
    }

    /// The rule that the fields of a request break together.
    func checkRequest(minorVersion: UInt8) -> MessageError? {
        if let error = check(minorVersion: minorVersion) { return error }
        guard minorVersion > 0 else { return nil }
        if !hasHost { return .missingHost }
        return hasUnsupportedExpectation ? .unsupportedExpectation : nil
    }

    /// Where a body ends that these fields frame; nil if they frame none.
    var body: BodyFraming? {
        if hasTransferEncoding { return .chunked }
        if contentLength < 0 { return nil }
        return contentLength == 0 ? BodyFraming.none : .length(contentLength)
    }

    /// Whether another message may follow: [RFC 9112 §9.3](https://www.rfc-editor.org/rfc/rfc9112#section-9.3).
    func keepsAlive(minorVersion: UInt8) -> Bool {
        !saysClose && (minorVersion > 0 || saysKeepAlive)
    }

    /// Whether the client waits for `100 Continue`; a request of HTTP/1.0 or without a body does not.
    func expectsContinue(minorVersion: UInt8) -> Bool {
        expectsContinue && minorVersion > 0 && (hasTransferEncoding || contentLength > 0)
    }
}
