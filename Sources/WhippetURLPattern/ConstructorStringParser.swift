// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Implements [parse a constructor string](https://urlpattern.spec.whatwg.org/#parse-a-constructor-string).
struct ConstructorStringParser {
    private enum State: Int {
        case start
        case `protocol`
        case authority
        case username
        case password
        case hostname
        case port
        case pathname
        case search
        case hash
        case done
    }

    private let input: [Unicode.Scalar]
    private let tokens: [Token]
    private var result = URLPatternInit()
    private var componentStart = 0
    private var tokenIndex = 0
    private var tokenIncrement = 1
    private var groupDepth = 0
    private var hostnameIPv6BracketDepth = 0
    private var protocolMatchesSpecialScheme = false
    private var state = State.start

    private init(_ input: String) throws(TypeError) {
        self.input = Array(input.unicodeScalars)
        tokens = try Tokenizer.tokenize(self.input, .lenient)
    }

    static func parse(_ input: String) throws(TypeError) -> URLPatternInit {
        // 1.
        var parser = try ConstructorStringParser(input)
        // 2.
        while parser.tokenIndex < parser.tokens.count {
            parser.tokenIncrement = 1
            guard try parser.step() else { break }
            parser.tokenIndex += parser.tokenIncrement
        }
        // 3. No port is the default port.
        if parser.result.hostname != nil, parser.result.port == nil { parser.result.port = "" }
        // 4.
        return parser.result
    }

    // MARK: - Algorithm

    /// One round of step 2; false at the end.
    private mutating func step() throws(TypeError) -> Bool {
        switch token(tokenIndex).kind {
        case .end:
            // 2.2.
            switch state {
            case .start:
                rewind()
                if isHashPrefix {
                    changeState(.hash, skip: 1)
                } else if isSearchPrefix {
                    changeState(.search, skip: 1)
                } else {
                    changeState(.pathname, skip: 0)
                }
                return true
            case .authority:
                rewind(state: .hostname)
                return true
            default:
                changeState(.done, skip: 0)
                return false
            }
        case .open:
            // 2.3. No component begins within a grouping.
            groupDepth += 1
            return true
        case let kind where groupDepth > 0:
            // 2.4.
            guard kind == .close else { return true }
            groupDepth -= 1
        default: break
        }
        // 2.5.
        try runState()
        return true
    }

    private mutating func runState() throws(TypeError) {
        switch state {
        case .start:
            if isChar(":") { rewind(state: .protocol) }
        case .protocol:
            guard isChar(":") else { return }
            try computeProtocolMatchesSpecialScheme()
            if isChar("/", 1), isChar("/", 2) {
                changeState(.authority, skip: 3)
            } else {
                changeState(protocolMatchesSpecialScheme ? .authority : .pathname, skip: 1)
            }
        case .authority:
            if isChar("@") {
                rewind(state: .username)
            } else if isChar("/") || isSearchPrefix || isHashPrefix {
                rewind(state: .hostname)
            }
        case .username:
            if isChar(":") {
                changeState(.password, skip: 1)
            } else if isChar("@") {
                changeState(.hostname, skip: 1)
            }
        case .password:
            if isChar("@") { changeState(.hostname, skip: 1) }
        case .hostname:
            if isChar("[") {
                hostnameIPv6BracketDepth += 1
            } else if isChar("]") {
                hostnameIPv6BracketDepth -= 1
            } else if isChar(":"), hostnameIPv6BracketDepth == 0 {
                changeState(.port, skip: 1)
            } else {
                endComponent(includingPath: true)
            }
        case .port: endComponent(includingPath: true)
        case .pathname: endComponent(includingPath: false)
        case .search:
            if isHashPrefix { changeState(.hash, skip: 1) }
        case .hash, .done: break
        }
    }

    /// Changes the state where a path, a query or a fragment begins.
    private mutating func endComponent(includingPath: Bool) {
        if includingPath, isChar("/") {
            changeState(.pathname, skip: 0)
        } else if isSearchPrefix {
            changeState(.search, skip: 1)
        } else if isHashPrefix {
            changeState(.hash, skip: 1)
        }
    }

    /// Implements [change state](https://urlpattern.spec.whatwg.org/#change-state).
    private mutating func changeState(_ newState: State, skip: Int) {
        // 1.
        setResult(makeComponentString())
        // 2. What lies between the states is empty.
        if state != .start, newState != .done {
            if state.rawValue < State.hostname.rawValue, newState.rawValue > State.hostname.rawValue {
                result.hostname = result.hostname ?? ""
            }
            if state.rawValue < State.pathname.rawValue, newState.rawValue > State.pathname.rawValue {
                result.pathname = result.pathname ?? (protocolMatchesSpecialScheme ? "/" : "")
            }
            if state.rawValue < State.search.rawValue, newState == .hash { result.search = result.search ?? "" }
        }
        // 3–6.
        state = newState
        tokenIndex += skip
        componentStart = tokenIndex
        tokenIncrement = 0
    }

    private mutating func setResult(_ value: String) {
        switch state {
        case .start, .authority, .done: break
        case .protocol: result.protocol = value
        case .username: result.username = value
        case .password: result.password = value
        case .hostname: result.hostname = value
        case .port: result.port = value
        case .pathname: result.pathname = value
        case .search: result.search = value
        case .hash: result.hash = value
        }
    }

    private mutating func rewind() {
        tokenIndex = componentStart
        tokenIncrement = 0
    }

    private mutating func rewind(state: State) {
        rewind()
        self.state = state
    }

    /// Implements [get a safe token](https://urlpattern.spec.whatwg.org/#get-a-safe-token): past the end, the last one.
    private func token(_ index: Int) -> Token {
        tokens[min(index, tokens.count - 1)]
    }

    /// Implements [is a non-special pattern char](https://urlpattern.spec.whatwg.org/#is-a-non-special-pattern-char),
    /// some tokens ahead.
    private func isChar(_ value: String, _ offset: Int = 0) -> Bool {
        let token = token(tokenIndex + offset)
        guard token.value == value else { return false }
        return token.kind == .char || token.kind == .escapedChar || token.kind == .invalidChar
    }

    private var isHashPrefix: Bool { isChar("#") }

    /// Implements [is a search prefix](https://urlpattern.spec.whatwg.org/#is-a-search-prefix).
    private var isSearchPrefix: Bool {
        // 1–2.
        if isChar("?") { return true }
        guard token(tokenIndex).value == "?" else { return false }
        // 3–4.
        guard tokenIndex > 0 else { return true }
        // 5–7. After a group it is a modifier.
        switch token(tokenIndex - 1).kind {
        case .name, .regexp, .close, .asterisk: return false
        default: return true
        }
    }

    /// Implements [make a component string](https://urlpattern.spec.whatwg.org/#make-a-component-string).
    private func makeComponentString() -> String {
        let (start, end) = (token(componentStart).index, token(tokenIndex).index)
        return start < end ? String(input[start..<end]) : ""
    }

    /// Implements [compute protocol matches a special scheme flag](
    /// https://urlpattern.spec.whatwg.org/#compute-protocol-matches-a-special-scheme-flag).
    private mutating func computeProtocolMatchesSpecialScheme() throws(TypeError) {
        let component = try Component.compile(makeComponentString(), .protocol, .standard)
        if component.matchesSpecialScheme { protocolMatchesSpecialScheme = true }
    }
}
