// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra
@_spi(Conformance) import WhippetURLPattern

/// A JavaScript `URLPattern` object's pattern.
private final class PatternObject {
    let pattern: URLPattern

    init(_ pattern: URLPattern) {
        self.pattern = pattern
    }
}

/// `URLPattern`.
enum URLPatternBinding: Binding {
    static func install(_ natives: Natives) {
        natives.add("patternCreate") { call in
            let pattern = try URLPattern(
                input(call[0]), baseURL: call.optionalString(1), ignoreCase: call.bool(2))
            return Handle(PatternObject(pattern))
        }
        natives.add("patternGet") { call in
            let pattern = try call.object(0, as: PatternObject.self).pattern
            guard let get = getters[call.string(1)] else { throw BindingError("URLPattern has no \(call.string(1))") }
            return get(pattern)
        }
        natives.add("patternHasRegExpGroups") { call in
            try call.object(0, as: PatternObject.self).pattern.hasRegExpGroups
        }
        natives.add("patternTest") { call in try match(call) != nil }
        natives.add("patternExec") { call in
            guard let result = try match(call) else { return call.engine.null }
            let components = [
                result.protocol, result.username, result.password, result.hostname, result.port, result.pathname,
                result.search, result.hash,
            ]
            let names = try call.object(0, as: PatternObject.self).pattern.groupNames
            return zip(components, names).map(ComponentResult.init)
        }
    }

    private static func match(_ call: Call) throws -> URLPatternResult? {
        let pattern = try call.object(0, as: PatternObject.self).pattern
        return try pattern.exec(input(call[1]), baseURL: call.optionalString(2))
    }

    private static func input(_ value: Value) -> URLPatternInput {
        if value.isString { return .string(value.string) }
        var components = URLPatternInit()
        for (name, path) in members {
            let member = value[name]
            if !member.isUndefined { components[keyPath: path] = member.string }
        }
        return .components(components)
    }

    private static var members: [(String, WritableKeyPath<URLPatternInit, String?>)] {
        [
            ("protocol", \.protocol), ("username", \.username), ("password", \.password), ("hostname", \.hostname),
            ("port", \.port), ("pathname", \.pathname), ("search", \.search), ("hash", \.hash), ("baseURL", \.baseURL),
        ]
    }

    private static var getters: [String: (URLPattern) -> String] {
        [
            "protocol": \.protocol, "username": \.username, "password": \.password, "hostname": \.hostname,
            "port": \.port, "pathname": \.pathname, "search": \.search, "hash": \.hash,
        ]
    }
}

/// A component's input and groups.
private struct ComponentResult: Scriptable {
    let component: URLPatternResult.Component
    let names: [String]

    func script(_ engine: Engine) -> Value {
        let groups = names.map { name in
            [name.script(engine), component.groups[name].map { $0.script(engine) } ?? engine.undefined]
        }
        return [component.input.script(engine), groups.script(engine)].script(engine)
    }
}
