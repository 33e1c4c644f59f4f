// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The start lines: [RFC 9112 §3](https://www.rfc-editor.org/rfc/rfc9112#section-3) and
/// [§4](https://www.rfc-editor.org/rfc/rfc9112#section-4).
extension HeadParser {
    /// Fast path: takes a request line of usual make, one with a known method and a path, in one pass over its bytes; "a
    /// valid head is read, however it is cut" shows it equal, since a line that comes in parts is none for it.
    ///
    /// - Returns: The bytes of the line, LF included; 0 for one that is not here as a whole or is unusual: that is for
    ///   `takeRequestLine` to judge.
    @inline(never)
    mutating func takeUsualRequestLine(
        _ line: UnsafePointer<UInt8>, _ available: Int, into head: MessageHead, _ output: inout HeadOutput
    ) -> Int {
        guard available >= 16 else { return 0 }
        let methodCount = WireBytes.countUntilSpace(line)
        let method = knownMethod(line, methodCount)
        guard method > 0, method != HTTPMethod.CONNECT.number, line[methodCount &+ 1] == 0x2F else { return 0 }
        let start = methodCount &+ 1
        head.removeAll()
        output.begin(head)
        guard let space = output.space, let copy = space.baseAddress else { return 0 }
        let limit = min(available &- start, space.count, limits.targetBytes)
        let targetCount = WireBytes.copyTarget(line + start, available: limit, to: copy)
        let end = start &+ targetCount
        // ` HTTP/1.`, a digit, CR and LF.
        guard end &+ 11 <= available,
            UInt64(littleEndian: UnsafeRawPointer(line + end).loadUnaligned(as: UInt64.self)) == 0x2E31_2F50_5454_4820,
            line[end &+ 8] &- 0x30 < 2, line[end &+ 9] == 0x0D, line[end &+ 10] == 0x0A
        else { return 0 }
        head.storage.pointee.method.become(number: method)
        head.storage.pointee.minorVersion = line[end &+ 8] &- 0x30
        path = output.commit(targetCount)
        head.storage.pointee.target = path
        targetForm = .origin
        return end &+ 11
    }

    /// Takes a request line without its CR LF; its first byte is known to be of a token.
    mutating func takeRequestLine(
        _ line: UnsafePointer<UInt8>, _ count: Int, _ available: Int, into head: MessageHead,
        _ output: inout HeadOutput
    ) -> MessageError? {
        var methodCount = 1
        while methodCount < count, ByteSet.token.contains(line[methodCount]) { methodCount &+= 1 }
        if methodCount > Self.methodBytes { return .methodTooLong }
        guard methodCount < count else { return .malformedRequestLine }
        guard line[methodCount] == 0x20 else { return line[methodCount] == 0x0D ? .bareCarriageReturn : .invalidMethod }
        // The shortest rest is ` * HTTP/1.1`.
        guard count &- methodCount >= 11, line[count &- 9] == 0x20 else {
            return fault(inRequestLine: line + methodCount, count - methodCount)
        }
        if let error = takeVersion(line + (count &- 8), into: head) { return error }
        let source = line + (methodCount &+ 1)
        let targetCount = count &- methodCount &- 10
        if targetCount > limits.targetBytes { return .targetTooLong }
        let copy = output.reserve(targetCount, expected: available, in: head)
        let target = UnsafeBufferPointer(start: source, count: targetCount)
        guard WireBytes.isTarget(target) else { return fault(inTarget: target) }
        copy.update(from: source, count: targetCount)
        takeMethod(line, methodCount, into: head)
        let run = output.commit(targetCount)
        head.storage.pointee.target = run
        path = run
        // The letter tells CONNECT from all methods that are likely; the next step asks for the whole word.
        if copy[0] == 0x2F, line[0] != 0x43 {
            targetForm = .origin
            return nil
        }
        return takeTarget(UnsafeBufferPointer(start: copy, count: targetCount), run, into: head)
    }

    private func fault(inTarget target: UnsafeBufferPointer<UInt8>) -> MessageError {
        if target.contains(0x20) { return .malformedRequestLine }
        return target.contains(0x0D) ? .bareCarriageReturn : .invalidTarget
    }

    /// Which rule a request line breaks whose last nine bytes are not a space and a version; `rest` begins behind the
    /// method.
    private func fault(inRequestLine rest: UnsafePointer<UInt8>, _ count: Int) -> MessageError {
        let bytes = UnsafeBufferPointer(start: rest, count: count)
        if bytes.contains(0x0D) { return .bareCarriageReturn }
        guard let space = bytes.lastIndex(of: 0x20), space > 1, space < count - 1 else { return .malformedRequestLine }
        return .malformedVersion
    }

    /// Takes the eight bytes of a version.
    ///
    /// Source: [RFC 9112 §2.3](https://www.rfc-editor.org/rfc/rfc9112#section-2.3).
    private func takeVersion(_ bytes: UnsafePointer<UInt8>, into head: MessageHead) -> MessageError? {
        let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
        // `HTTP/1.` and one digit, the first byte lowest.
        if word & 0x00FF_FFFF_FFFF_FFFF == 0x002E_312F_5054_5448, word >> 56 &- 0x30 < 2 {
            head.storage.pointee.minorVersion = UInt8(truncatingIfNeeded: word >> 56 &- 0x30)
            return nil
        }
        // `HTTP/`, a digit, a point and a digit.
        guard word & 0x00FF_00FF_FFFF_FFFF == 0x002E_002F_5054_5448, ASCII.isDigit(bytes[5]), ASCII.isDigit(bytes[7])
        else { return .malformedVersion }
        return .unsupportedVersion
    }

    /// Takes a target that may be no path: which form it has, where its path and its authority lie.
    ///
    /// Source: [RFC 9112 §3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2).
    private mutating func takeTarget(
        _ target: UnsafeBufferPointer<UInt8>, _ run: MessageHead.Run, into head: MessageHead
    ) -> MessageError? {
        let method = head.storage.pointee.method
        if method == .CONNECT {
            targetForm = .authority
            path.count = 0
            head.storage.pointee.authority = run
            return Authority.isValid(target, needsPort: true) ? nil : .invalidTargetForm
        }
        if target[0] == 0x2F {
            targetForm = .origin
            return nil
        }
        if target.count == 1, target[0] == 0x2A {
            targetForm = .asterisk
            path.count = 0
            return method == .OPTIONS ? nil : .invalidTargetForm
        }
        return takeAbsoluteTarget(target, run, into: head)
    }

    private mutating func takeAbsoluteTarget(
        _ target: UnsafeBufferPointer<UInt8>, _ run: MessageHead.Run, into head: MessageHead
    ) -> MessageError? {
        var start = 0
        for scheme in ["http://", "https://"] as [StaticString] where start == 0 {
            let prefix = UnsafeBufferPointer(rebasing: target.prefix(scheme.utf8CodeUnitCount))
            if ListElements.equals(prefix, scheme) { start = prefix.count }
        }
        guard start > 0 else { return .invalidTargetForm }
        let rest = target[start...]
        let end = rest.firstIndex { $0 == 0x2F || $0 == 0x3F } ?? rest.endIndex
        guard Authority.isValid(UnsafeBufferPointer(rebasing: rest[..<end])) else { return .invalidTargetForm }
        targetForm = .absolute
        head.storage.pointee.authority = MessageHead.Run(start: Int(run.start) + start, count: end - start)
        path = MessageHead.Run(start: Int(run.start) + end, count: target.count - end)
        return nil
    }

    /// Takes a status line without its CR LF.
    ///
    /// The space behind the code may be missing where there is no reason: servers leave it out, and nothing else can
    /// be meant.
    mutating func takeStatusLine(
        _ line: UnsafePointer<UInt8>, _ count: Int, _ available: Int, into head: MessageHead,
        _ output: inout HeadOutput
    ) -> MessageError? {
        guard count >= 12, line[8] == 0x20, count == 12 || line[12] == 0x20 else { return .malformedStatusLine }
        if let error = takeVersion(line, into: head) { return error }
        var code: UInt16 = 0
        for index in 9..<12 {
            guard ASCII.isDigit(line[index]) else { return .malformedStatusLine }
            code = code * 10 + UInt16(line[index] - 0x30)
        }
        guard code >= 100 else { return .malformedStatusLine }
        head.storage.pointee.statusCode = code
        let reasonCount = max(count - 13, 0)
        let copy = output.reserve(reasonCount, expected: available, in: head)
        guard reasonCount <= limits.targetBytes,
            WireBytes.copyFieldValue(
                line + (count - reasonCount), reasonCount, available: available - (count - reasonCount), to: copy)
        else { return .malformedStatusLine }
        head.storage.pointee.reason = output.commit(reasonCount)
        return nil
    }
}

extension HeadParser {
    /// Takes the method that a request line begins with, which has 12 bytes at least; a known one costs no allocation.
    @inline(__always)
    private func takeMethod(_ line: UnsafePointer<UInt8>, _ count: Int, into head: MessageHead) {
        let number = knownMethod(line, count)
        if number > 0 {
            head.storage.pointee.method.become(number: number)
        } else {
            let token = UnsafeBufferPointer(start: line, count: count)
            head.storage.pointee.method = HTTPMethod(rawValue: String(decoding: token, as: UTF8.self))
        }
    }

    /// The number of the method that a request line begins with; 0 for one that has none.
    @inline(__always)
    private func knownMethod(_ line: UnsafePointer<UInt8>, _ count: Int) -> UInt8 {
        // NUL at the end would vanish in the number.
        guard count > 0, count < 8, line[count &- 1] != 0 else { return 0 }
        let word = UInt64(littleEndian: UnsafeRawPointer(line).loadUnaligned(as: UInt64.self))
        // The method's letters as a number, the first one lowest.
        return switch word & ((1 &<< UInt64(count &* 8)) &- 1) {
        case 0x0054_4547: HTTPMethod.GET.number
        case 0x5453_4F50: HTTPMethod.POST.number
        case 0x4441_4548: HTTPMethod.HEAD.number
        case 0x0054_5550: HTTPMethod.PUT.number
        case 0x0048_4354_4150: HTTPMethod.PATCH.number
        case 0x4554_454C_4544: HTTPMethod.DELETE.number
        case 0x0053_4E4F_4954_504F: HTTPMethod.OPTIONS.number
        case 0x0059_5245_5551: HTTPMethod.QUERY.number
        case 0x0054_4345_4E4E_4F43: HTTPMethod.CONNECT.number
        case 0x0045_4341_5254: HTTPMethod.TRACE.number
        default: 0
        }
    }
}
