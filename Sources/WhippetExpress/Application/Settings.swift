// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetJSON

/// The settings of an application as requests need them.
struct Settings: Sendable {
    enum EntityTags: Sendable {
        case none
        case weak
        case strong
        case function(@Sendable ([UInt8]) -> String?)
    }

    var entityTags = EntityTags.weak
    var queryParser = QueryParser.simple
    var trustProxy = ProxyTrust.nobody
    var subdomainOffset = 2
    var jsonEscape = false
    var jsonSpaces = ""
    var jsonReplacer: (@Sendable (String, JSON) -> JSON?)?
    var jsonpCallbackName = "callback"
    var isPoweredBy = true
    var caseSensitive = false
    var strict = false
    var answersWrongMethods = true
    /// The type of a body of text, `text/html` in Express.
    var stringType = "text/html; charset=utf-8"
    var views = "views"
    var viewEngine: String?
    var isProduction: Bool

    init(_ values: [String: ExpressSetting], isProduction: Bool) {
        self.isProduction = isProduction
        for (name, value) in values { apply(name, value) }
    }

    private mutating func apply(_ name: String, _ value: ExpressSetting) {
        switch (name, value) {
        case ("case sensitive routing", _): caseSensitive = value.isOn
        case ("strict routing", _): strict = value.isOn
        case ("method not allowed", _): answersWrongMethods = value.isOn
        case ("x-powered-by", _): isPoweredBy = value.isOn
        case ("json escape", _): jsonEscape = value.isOn
        case ("env", .string(let name)): isProduction = name == "production"
        case ("etag", .etag(let function)): entityTags = .function(function)
        case ("etag", .string("strong")): entityTags = .strong
        case ("etag", _): entityTags = value.isOn ? .weak : .none
        case ("json spaces", .int(let count)): jsonSpaces = String(repeating: " ", count: min(max(count, 0), 10))
        case ("json spaces", .string(let text)): jsonSpaces = String(text.prefix(10))
        case ("json replacer", .replacer(let function)): jsonReplacer = function
        case ("jsonp callback name", .string(let name)): jsonpCallbackName = name
        case ("query parser", .queryParser(let function)): queryParser = .function(function)
        case ("query parser", .string("extended")): queryParser = .extended
        case ("query parser", _): queryParser = value.isOn ? .simple : .none
        case ("subdomain offset", .int(let offset)): subdomainOffset = offset
        case ("string type", .string(let type)): stringType = MediaTypes.contentType(type) ?? type
        case ("trust proxy", .bool(let trusts)): trustProxy = trusts ? .everybody : .nobody
        case ("trust proxy", .int(let count)): trustProxy = .hops(count)
        case ("trust proxy", .string(let text)): trustProxy = ProxyTrust([text])
        case ("trust proxy", .list(let list)): trustProxy = ProxyTrust(list)
        case ("trust proxy", .trust(let function)): trustProxy = .function(function)
        case ("views", .string(let path)): views = path
        case ("view engine", .string(let name)): viewEngine = name.hasPrefix(".") ? String(name.dropFirst()) : name
        default: break
        }
    }
}
