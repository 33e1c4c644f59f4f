// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The standard's [basic URL parser](https://url.spec.whatwg.org/#concept-basic-url-parser), in two phases.
///
/// 1. `URLParser` runs the state machine over the input's UTF-8 bytes and notes ranges in `URLParts`; only a host that
///    must be converted (IPv4 in odd forms, IPv6, not ASCII) is built here. The states are the methods of this type:
///    from the scheme to the authority here, host and port in `URLParser+Host`, files in `URLParser+File`, path, query
///    and fragment in `URLParser+Path`.
/// 2. `URLWriter` writes the serialisation once, into memory of the right size, and notes the offsets in it.
///
/// A state override exists for setters alone; they are written out in `URL+Setters`.
struct URLParser {
    /// The standard's states; those that need no state of their own are part of their successors.
    enum State {
        case schemeStart
        case noScheme
        case specialRelativeOrAuthority
        case pathOrAuthority
        case relative
        case relativeSlash
        case specialAuthoritySlashes
        case specialAuthorityIgnoreSlashes
        case authority
        case host
        case port
        case file
        case fileSlash
        case fileHost
        case pathStart
        case path
        case opaquePath
        case query
        case fragment
        case done
    }

    /// More bytes than this are refused, so that offsets fit in 32 bits after percent-encoding.
    static let maximumInputLength = 1 << 28

    var pointer = 0
    /// The end of the authority, known once the authority state has run.
    var authorityEnd = 0
    var parts = URLParts()
    let base: URL?

    init(base: URL?) {
        self.base = base
    }

    /// Parses a string, relative to a base if there is one.
    static func parse(_ input: String, base: URL?) throws(URLFailure) -> URL {
        let result = input.withUTF8Bytes { bytes -> Result<Parsed, URLFailure> in
            if base == nil {
                var authorityEnd = 0
                if let plain = PlainURL(bytes.span, &authorityEnd) {
                    if plain.isNormal {
                        return .success(.same(plain.offsets(targetCount: bytes.count - authorityEnd)))
                    }
                    let authority = bytes.span.extracting((plain.scheme == .https ? 8 : 7)..<authorityEnd)
                    let target = bytes.span.extracting(authorityEnd..<bytes.count)
                    return .success(.other(plain.url(authority: authority, target: target)))
                }
            }
            return Result { () throws(URLFailure) in .other(try parse(bytes.span, base: base)) }
        }
        switch try result.get() {
        case .same(let offsets): return URL(serialization: input, offsets: offsets)
        case .other(let url): return url
        }
    }

    /// A result of the fast path or of the state machine.
    private enum Parsed {
        /// The input is in its normal form.
        case same(URLOffsets)
        case other(URL)
    }

    /// Parses UTF-8 bytes, relative to a base if there is one.
    static func parse(_ input: Span<UInt8>, base: URL?) throws(URLFailure) -> URL {
        try withStateMachine(input, base: base) { (parts, input) throws(URLFailure) in
            try URLWriter.write(parts, input: input, base: base)
        }
    }

    /// Whether a string parses: the first phase alone, which allocates nothing in the usual case.
    static func canParse(_ input: String, base: URL?) -> Bool {
        input.withUTF8Bytes { bytes in
            var authorityEnd = 0
            // Fast path: as that of `parse` ("the fast path agrees with the state machine").
            if base == nil, PlainURL(bytes.span, &authorityEnd) != nil { return true }
            let result = Result { () throws(URLFailure) in
                try withStateMachine(bytes.span, base: base) { _, _ in true }
            }
            return (try? result.get()) ?? false
        }
    }

    /// Prepares the input, runs the state machine and hands over what it found.
    private static func withStateMachine<Output>(
        _ input: Span<UInt8>, base: URL?, _ body: (URLParts, Span<UInt8>) throws(URLFailure) -> Output
    ) throws(URLFailure) -> Output {
        guard input.count <= maximumInputLength else { throw .inputTooLong }
        // 1.3. Remove any leading and trailing C0 control or space.
        var start = 0
        var end = input.count
        while start < end, input[start] <= 0x20 { start += 1 }
        while end > start, input[end - 1] <= 0x20 { end -= 1 }
        let trimmed = input.extracting(start..<end)
        // 2–3. Remove all ASCII tab or newline.
        if containsTabOrNewline(trimmed) {
            let filtered = (0..<trimmed.count).compactMap { isTabOrNewline(trimmed[$0]) ? nil : trimmed[$0] }
            return try run(filtered.span, base, body)
        }
        return try run(trimmed, base, body)
    }

    private static func run<Output>(
        _ input: Span<UInt8>, _ base: URL?, _ body: (URLParts, Span<UInt8>) throws(URLFailure) -> Output
    ) throws(URLFailure) -> Output {
        var parser = URLParser(base: base)
        try parser.run(input)
        return try body(parser.parts, input)
    }

    static func isTabOrNewline(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// Whether there is a tab or newline; eight bytes at a time, as there hardly ever is one.
    static func containsTabOrNewline(_ input: Span<UInt8>) -> Bool {
        var index = 0
        let raw = input.bytes
        var suspicious = false
        while index + 8 <= raw.byteCount {
            // SAFETY: the condition of the loop keeps the eight bytes within the span.
            let word = raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            // A byte below 0x20 sets its top bit; a false alarm only costs the loop below.
            if (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080 != 0 { suspicious = true }
            index += 8
        }
        if suspicious { index = 0 }
        while index < input.count {
            if isTabOrNewline(input[index]) { return true }
            index += 1
        }
        return false
    }

    /// Runs the state machine.
    ///
    /// The standard's `c` is the byte at `pointer`, nil at the end.
    mutating func run(_ input: Span<UInt8>) throws(URLFailure) {
        var state = State.schemeStart
        while true {
            switch state {
            case .schemeStart: state = schemeStart(input)
            case .noScheme: state = try noScheme(input)
            case .specialRelativeOrAuthority: state = specialRelativeOrAuthority(input)
            case .pathOrAuthority: state = pathOrAuthority(input)
            case .relative: state = relative(input)
            case .relativeSlash: state = relativeSlash(input)
            case .specialAuthoritySlashes: state = specialAuthoritySlashes(input)
            case .specialAuthorityIgnoreSlashes: state = specialAuthorityIgnoreSlashes(input)
            case .authority: state = try authority(input)
            case .host: state = try host(input)
            case .port: state = try port(input)
            case .file: state = file(input)
            case .fileSlash: state = fileSlash(input)
            case .fileHost: state = try fileHost(input)
            case .pathStart: state = pathStart(input)
            case .path: state = path(input)
            case .opaquePath: state = opaquePath(input)
            case .query: state = query(input)
            case .fragment: state = fragment(input)
            case .done: return
            }
        }
    }

    /// The byte at an index, nil past the end: the EOF code point.
    func byte(_ input: Span<UInt8>, _ index: Int) -> UInt8? {
        index < input.count ? input[index] : nil
    }

    /// Whether the byte at an index separates segments: `/`, in a special URL `\` too.
    func isSlash(_ input: Span<UInt8>, _ index: Int) -> Bool {
        guard index < input.count else { return false }
        return input[index] == 0x2F || (input[index] == 0x5C && parts.scheme.isSpecial)
    }

    // MARK: - Algorithm

    /// [Scheme start state](https://url.spec.whatwg.org/#scheme-start-state) and
    /// [scheme state](https://url.spec.whatwg.org/#scheme-state).
    private mutating func schemeStart(_ input: Span<UInt8>) -> State {
        // Scheme start 1–2: a letter, else no scheme.
        guard let first = byte(input, 0), first.isASCIIAlpha else { return .noScheme }
        // Scheme 1. Letters, digits, "+", "-" and ".".
        var end = 1
        while end < input.count, URLParser.isSchemeByte(input[end]) { end += 1 }
        // Scheme 3: no colon after them, so start over without a scheme.
        guard byte(input, end) == 0x3A else { return .noScheme }
        // Scheme 2.2. Set url's scheme to buffer. (2.1 and 2.3: a state override.)
        parts.schemeRange = 0..<end
        parts.scheme = SpecialScheme(input.extracting(0..<end))
        pointer = end + 1
        switch parts.scheme {
        // 2.5. "file".
        case .file: return .file
        case .other:
            // 2.8. A slash comes next.
            if byte(input, pointer) == 0x2F {
                pointer += 1
                return .pathOrAuthority
            }
            // 2.9. Otherwise an opaque path.
            return .opaquePath
        // 2.6. As the base's scheme. 2.7. Another special scheme.
        default: return base?.offsets.scheme == parts.scheme ? .specialRelativeOrAuthority : .specialAuthoritySlashes
        }
    }

    static func isSchemeByte(_ byte: UInt8) -> Bool {
        byte.isASCIIAlpha || byte.isASCIIDigit || byte == 0x2B || byte == 0x2D || byte == 0x2E
    }

    /// [No scheme state](https://url.spec.whatwg.org/#no-scheme-state).
    private mutating func noScheme(_ input: Span<UInt8>) throws(URLFailure) -> State {
        // 1. No base, or an opaque one and more than a fragment.
        guard let base else { throw .missingSchemeNonRelativeURL }
        parts.scheme = base.offsets.scheme
        if base.offsets.hasOpaquePath {
            guard byte(input, 0) == 0x23 else { throw .missingSchemeNonRelativeURL }
            // 2. The base with another fragment.
            parts.path = .base
            parts.query = .base
            pointer = 1
            return .fragment
        }
        // 3–4.
        return parts.scheme == .file ? .file : .relative
    }

    /// [Special relative or authority state](https://url.spec.whatwg.org/#special-relative-or-authority-state).
    private mutating func specialRelativeOrAuthority(_ input: Span<UInt8>) -> State {
        // 1.
        if byte(input, pointer) == 0x2F, byte(input, pointer + 1) == 0x2F {
            pointer += 2
            return .specialAuthorityIgnoreSlashes
        }
        // 2.
        return .relative
    }

    /// [Path or authority state](https://url.spec.whatwg.org/#path-or-authority-state).
    private mutating func pathOrAuthority(_ input: Span<UInt8>) -> State {
        // 1.
        if byte(input, pointer) == 0x2F {
            pointer += 1
            return .authority
        }
        // 2.
        return .path
    }

    /// [Relative state](https://url.spec.whatwg.org/#relative-state).
    private mutating func relative(_ input: Span<UInt8>) -> State {
        // 2. The scheme is the base's already. 3–4. A slash.
        if isSlash(input, pointer) {
            pointer += 1
            return .relativeSlash
        }
        // 5.1. All of the base but its fragment.
        parts.host = .base
        parts.path = .base
        parts.query = .base
        return relativeEnd(input, keepsPath: true)
    }

    /// The end of the relative state and of the file state: what follows the base's path.
    mutating func relativeEnd(_ input: Span<UInt8>, keepsPath: Bool) -> State {
        switch byte(input, pointer) {
        // 5.2. Another query.
        case 0x3F:
            pointer += 1
            return .query
        // 5.3. Another fragment.
        case 0x23:
            pointer += 1
            return .fragment
        case nil: return .done
        // 5.4. Another last segment, and no query.
        default:
            parts.query = .null
            parts.path = .segments(pointer..<pointer, prefix: keepsPath ? base?.shortenedPathLength ?? 0 : 0)
            return .path
        }
    }

    /// [Relative slash state](https://url.spec.whatwg.org/#relative-slash-state).
    private mutating func relativeSlash(_ input: Span<UInt8>) -> State {
        // 1. Two slashes in a special URL.
        if parts.scheme.isSpecial, isSlash(input, pointer) {
            pointer += 1
            return .specialAuthorityIgnoreSlashes
        }
        // 2. Two slashes.
        if byte(input, pointer) == 0x2F {
            pointer += 1
            return .authority
        }
        // 3. The base's authority, another path.
        parts.host = .base
        return .path
    }

    /// [Special authority slashes state](https://url.spec.whatwg.org/#special-authority-slashes-state).
    private mutating func specialAuthoritySlashes(_ input: Span<UInt8>) -> State {
        // 1. (2 is a validation error that stops nothing.)
        if byte(input, pointer) == 0x2F, byte(input, pointer + 1) == 0x2F { pointer += 2 }
        return .specialAuthorityIgnoreSlashes
    }

    /// [Special authority ignore slashes state](https://url.spec.whatwg.org/#special-authority-ignore-slashes-state).
    private mutating func specialAuthorityIgnoreSlashes(_ input: Span<UInt8>) -> State {
        // 2, then 1.
        while isSlash(input, pointer) { pointer += 1 }
        return .authority
    }
}
