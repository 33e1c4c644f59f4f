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

/// The part that requests and responses share: lines, fields and limits.
///
/// A line is judged when it is complete, and before that only by what no later byte can change: its first bytes and its
/// length. So the result does not depend on how the input was cut, and a peer can't make the parser look at a byte
/// twice.
struct HeadParser {
    enum Step {
        case incomplete(consumed: Int)
        case complete(consumed: Int)
        case failed(MessageError)
    }

    private enum Phase {
        case startLine
        case fields
        case complete
        case failed(MessageError)
    }

    private var isInFields: Bool {
        if case .fields = phase { true } else { false }
    }

    /// Whether a request line begins here.
    private var isAtRequestLine: Bool {
        if case .startLine = phase { isRequest && searched == 0 } else { false }
    }

    /// The longest method; those of the registry end at 17 bytes.
    static let methodBytes = 32
    /// How many empty lines may stand before a request line.
    static let emptyLineCount = 4

    let limits: MessageLimits
    let isRequest: Bool
    private var phase = Phase.startLine
    /// How many bytes of the unfinished line hold no LF.
    private var searched = 0
    private var fieldBlockBytes = 0
    private var emptyLines = 0
    var fields = FramingFields()
    var targetForm = RequestFraming.TargetForm.origin
    var path = MessageHead.Run()

    init(limits: MessageLimits, isRequest: Bool) {
        self.limits = limits
        self.isRequest = isRequest
    }

    mutating func reset() {
        phase = .startLine
        searched = 0
        fieldBlockBytes = 0
        emptyLines = 0
        fields.reset()
        targetForm = .origin
        path = MessageHead.Run()
    }

    // MARK: - Algorithm

    mutating func parse(_ input: UnsafeBufferPointer<UInt8>, into head: MessageHead) -> Step {
        switch phase {
        case .failed(let error): return .failed(error)
        case .complete: return .complete(consumed: 0)
        case .startLine, .fields: break
        }
        guard let base = input.baseAddress else { return .incomplete(consumed: 0) }
        var output = HeadOutput()
        defer { output.finish(head) }
        var consumed = 0
        while true {
            let line = base + consumed
            let available = input.count &- consumed
            if isInFields, searched == 0 {
                if available >= 2, line[0] == 0x0D, line[1] == 0x0A {
                    phase = .complete
                    return .complete(consumed: consumed &+ 2)
                }
                let taken = takeUsualField(line, available, into: head, &output)
                if let error = taken.error { return fail(error) }
                consumed &+= taken.count
                if taken.count > 0 { continue }
            }
            if isAtRequestLine {
                let count = takeUsualRequestLine(line, available, into: head, &output)
                if count > 0 {
                    phase = .fields
                    consumed &+= count
                    continue
                }
            }
            let from = min(searched, available)
            guard let found = memchr(line + from, 0x0A, available &- from) else {
                if let error = judge(unfinished: line, available) { return fail(error) }
                searched = available
                return .incomplete(consumed: consumed)
            }
            searched = 0
            let count = UnsafeRawPointer(line).distance(to: found) &+ 1
            consumed &+= count
            if isInFields {
                if count == 2, line[0] == 0x0D {
                    phase = .complete
                    return .complete(consumed: consumed)
                }
                if let error = takeField(line, count, available, into: head, &output) { return fail(error) }
            } else {
                if let error = takeStart(line, count, available, into: head, &output) { return fail(error) }
            }
        }
    }

    private mutating func fail(_ error: MessageError) -> Step {
        phase = .failed(error)
        return .failed(error)
    }

    /// Stays in an error that shows when the head is complete.
    mutating func refuse(_ error: MessageError) -> MessageError {
        phase = .failed(error)
        return error
    }

    /// Judges a line whose LF has not come; what judges the whole line must come to the same end.
    private func judge(unfinished line: UnsafePointer<UInt8>, _ count: Int) -> MessageError? {
        switch phase {
        case .startLine:
            guard count > 0 else { return nil }
            return judgeStart(line, count: count + 1)
        case .fields:
            // CR may be the first half of the empty line, which is not counted.
            return count > 1 && fieldBlockBytes + count + 1 > limits.fieldBlockBytes ? .fieldBlockTooLarge : nil
        case .complete, .failed:
            return nil
        }
    }

    /// Judges the first bytes and the length of a start line, its LF counted.
    private func judgeStart(_ line: UnsafePointer<UInt8>, count: Int) -> MessageError? {
        guard isRequest else {
            if line[0] != 0x48 || count > limits.targetBytes + Self.statusLineBytes { return .malformedStatusLine }
            return nil
        }
        if ByteSet.token.contains(line[0]) {
            return count > limits.targetBytes + Self.requestLineBytes ? .targetTooLong : nil
        }
        switch line[0] {
        case 0x0D: return count > 2 ? .bareCarriageReturn : nil
        case 0x0A: return .bareLineFeed
        default: return .invalidMethod
        }
    }

    /// The most bytes of a request line around its target: method, two spaces, version, CR LF.
    private static let requestLineBytes = methodBytes + 12
    /// The bytes of a status line around its reason.
    private static let statusLineBytes = 15

    /// Takes a start line of `count` bytes, LF included; `available` bytes of input begin with it.
    private mutating func takeStart(
        _ line: UnsafePointer<UInt8>, _ count: Int, _ available: Int, into head: MessageHead,
        _ output: inout HeadOutput
    ) -> MessageError? {
        if let error = judgeStart(line, count: count) { return error }
        guard line[count - 2] == 0x0D else { return .bareLineFeed }
        if count == 2 {
            emptyLines += 1
            return emptyLines > Self.emptyLineCount ? .tooManyEmptyLines : nil
        }
        head.removeAll()
        output.begin(head)
        phase = .fields
        return isRequest
            ? takeRequestLine(line, count - 2, available, into: head, &output)
            : takeStatusLine(line, count - 2, available, into: head, &output)
    }

    /// Fast path: takes a field line of usual make in one pass over its bytes; "a valid head is read, however it is cut"
    /// shows it equal, since a line that comes in parts is none for it.
    ///
    /// - Returns: The bytes of the line, LF included, and the rule that it breaks; 0 bytes for a line that is not here as
    ///   a whole or is unusual: that is for `takeField` to judge.
    @inline(__always)
    private mutating func takeUsualField(
        _ line: UnsafePointer<UInt8>, _ available: Int, into head: MessageHead, _ output: inout HeadOutput
    ) -> (count: Int, error: MessageError?) {
        guard let space = output.space, let copy = space.baseAddress else { return (0, nil) }
        let limit = min(available, space.count)
        let nameCount = WireBytes.copyFieldName(line, available: limit, to: copy)
        guard nameCount > 0, nameCount &+ 2 < limit, line[nameCount] == 0x3A, line[nameCount &+ 1] == 0x20 else {
            return (0, nil)
        }
        let start = nameCount &+ 2
        let valueCount = WireBytes.copyFieldContent(line + start, available: limit &- start, to: copy + nameCount)
        let end = start &+ valueCount
        let length = end &+ 2
        guard valueCount > 0, length <= available, line[end] == 0x0D, line[end &+ 1] == 0x0A,
            line[start] != 0x20, line[end &- 1] != 0x20,
            fieldBlockBytes &+ length <= limits.fieldBlockBytes,
            head.storage.pointee.fieldCount < limits.fieldCount
        else { return (0, nil) }
        fieldBlockBytes &+= length
        return (length, takeField(copy, nameCount, valueCount, into: head, &output))
    }

    /// Takes a field whose name and value have been copied.
    @inline(__always)
    private mutating func takeField(
        _ copy: UnsafeMutablePointer<UInt8>, _ nameCount: Int, _ valueCount: Int, into head: MessageHead,
        _ output: inout HeadOutput
    ) -> MessageError? {
        let name = output.commit(nameCount)
        let value = output.commit(valueCount)
        head.append(MessageHead.Field(name: name, value: value))
        return fields.note(name: copy, nameCount, valueCount: valueCount, run: value, isRequest, into: head)
    }

    /// Takes a field line of `length` bytes, LF included; `available` bytes of input begin with it.
    ///
    /// Source: [RFC 9112 §5](https://www.rfc-editor.org/rfc/rfc9112#section-5).
    private mutating func takeField(
        _ line: UnsafePointer<UInt8>, _ length: Int, _ available: Int, into head: MessageHead,
        _ output: inout HeadOutput
    ) -> MessageError? {
        if length == 1 { return .bareLineFeed }
        fieldBlockBytes &+= length
        if fieldBlockBytes > limits.fieldBlockBytes { return .fieldBlockTooLarge }
        if head.storage.pointee.fieldCount >= limits.fieldCount { return .tooManyFields }
        let count = length &- 2
        guard line[count] == 0x0D else { return .bareLineFeed }
        let copy = output.reserve(count, expected: available, in: head)
        // The name can't go past CR.
        let nameCount = WireBytes.copyFieldName(line, available: available, to: copy)
        guard nameCount > 0, nameCount < count, line[nameCount] == 0x3A else {
            return fault(inName: line, count, nameCount)
        }
        var start = nameCount &+ 1
        var end = count
        while start < end, line[start] == 0x20 || line[start] == 0x09 { start &+= 1 }
        while start < end, line[end &- 1] == 0x20 || line[end &- 1] == 0x09 { end &-= 1 }
        guard WireBytes.copyFieldValue(line + start, end &- start, available: available &- start, to: copy + nameCount)
        else {
            return fault(inValue: UnsafeBufferPointer(start: line + start, count: end &- start))
        }
        return takeField(copy, nameCount, end &- start, into: head, &output)
    }

    private func fault(inValue value: UnsafeBufferPointer<UInt8>) -> MessageError {
        value.contains(0x0D) ? .bareCarriageReturn : .invalidFieldValue
    }

    /// Which rule a field line breaks that has no valid name of `valid` bytes with a colon after it.
    private func fault(inName line: UnsafePointer<UInt8>, _ count: Int, _ valid: Int) -> MessageError {
        if valid >= count { return .missingColon }
        switch line[valid] {
        case 0x3A: return .emptyFieldName
        case 0x0D: return .bareCarriageReturn
        case 0x20, 0x09:
            if valid == 0 { return .obsoleteLineFolding }
            var index = valid
            while index < count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
            return index < count && line[index] == 0x3A ? .whitespaceBeforeColon : .invalidFieldName
        default: return .invalidFieldName
        }
    }
}
