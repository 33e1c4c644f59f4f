// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra
import WhippetURL

/// A JavaScript `URL` object's record.
private final class URLObject {
    var url: WhippetURL.URL

    init(_ url: WhippetURL.URL) {
        self.url = url
    }
}

/// Where a JavaScript `URLSearchParams` object keeps its list: in itself or in its URL.
final class SearchParamsObject {
    private var own = URLSearchParams()
    private let owner: URLObject?

    init(_ params: URLSearchParams) {
        own = params
        owner = nil
    }

    fileprivate init(of owner: URLObject) {
        self.owner = owner
    }

    var params: URLSearchParams { owner?.url.searchParams ?? own }

    /// Changes the list; that of a URL through its URL, as a Swift program would.
    func change(_ body: (inout URLSearchParams) -> Void) {
        if let owner { body(&owner.url.searchParams) } else { body(&own) }
    }
}

/// `URL` and `URLSearchParams`.
enum URLBinding: Binding {
    static func install(_ natives: Natives) {
        installURL(natives)
        installSearchParams(natives)
    }

    private static func installURL(_ natives: Natives) {
        natives.add("urlCreate") { call in
            guard let base = call.optionalString(1) else { return Handle(URLObject(try URL(call.string(0)))) }
            return Handle(URLObject(try URL(call.string(0), base: base)))
        }
        natives.add("urlParse") { call in
            let url =
                call[1].isUndefined ? URL.parse(call.string(0)) : URL.parse(call.string(0), base: call.string(1))
            return url.map { Handle(URLObject($0)) }
        }
        natives.add("urlCanParse") { call in
            call[1].isUndefined ? URL.canParse(call.string(0)) : URL.canParse(call.string(0), base: call.string(1))
        }
        natives.add("urlGet") { call in
            let url = try call.object(0, as: URLObject.self).url
            guard let get = getters[call.string(1)] else { throw BindingError("URL has no \(call.string(1))") }
            return get(url)
        }
        natives.add("urlSet") { call in
            let object = try call.object(0, as: URLObject.self)
            let value = call.string(2)
            switch call.string(1) {
            case "href": try object.url.setHref(value)
            case "protocol": object.url.protocol = value
            case "username": object.url.username = value
            case "password": object.url.password = value
            case "host": object.url.host = value
            case "hostname": object.url.hostname = value
            case "port": object.url.port = value
            case "pathname": object.url.pathname = value
            case "search": object.url.search = value
            case "hash": object.url.hash = value
            default: throw BindingError("URL has no setter \(call.string(1))")
            }
            return Nothing()
        }
        natives.add("urlSearchParams") { call in
            Handle(SearchParamsObject(of: try call.object(0, as: URLObject.self)))
        }
    }

    private static var getters: [String: (WhippetURL.URL) -> String] {
        [
            "href": \.href, "origin": \.origin, "protocol": \.protocol, "username": \.username,
            "password": \.password, "host": \.host, "hostname": \.hostname, "port": \.port, "pathname": \.pathname,
            "search": \.search, "hash": \.hash,
        ]
    }

    private static func installSearchParams(_ natives: Natives) {
        natives.add("paramsParse") { call in Handle(SearchParamsObject(URLSearchParams(call.string(0)))) }
        natives.add("paramsCreate") { call in
            let pairs = try call[0].elements.map { pair in
                let members = pair.elements
                guard members.count == 2 else {
                    throw TypeError("URLSearchParams: a pair has \(members.count) members, not 2")
                }
                return (members[0].string, members[1].string)
            }
            return Handle(SearchParamsObject(URLSearchParams(pairs)))
        }
        natives.add("paramsSize") { call in try params(call).size }
        natives.add("paramsGet") { call in try params(call).get(call.string(1)) }
        natives.add("paramsGetAll") { call in try params(call).getAll(call.string(1)) }
        natives.add("paramsHas") { call in try params(call).has(call.string(1), call.optionalString(2)) }
        natives.add("paramsToString") { call in try params(call).description }
        natives.add("paramsPairs") { call in try params(call).map { [$0.name, $0.value] } }
        natives.add("paramsAppend") { call in
            try call.object(0, as: SearchParamsObject.self).change { $0.append(call.string(1), call.string(2)) }
            return Nothing()
        }
        natives.add("paramsDelete") { call in
            try call.object(0, as: SearchParamsObject.self).change { $0.delete(call.string(1), call.optionalString(2)) }
            return Nothing()
        }
        natives.add("paramsSet") { call in
            try call.object(0, as: SearchParamsObject.self).change { $0.set(call.string(1), call.string(2)) }
            return Nothing()
        }
        natives.add("paramsSort") { call in
            try call.object(0, as: SearchParamsObject.self).change { $0.sort() }
            return Nothing()
        }
    }

    private static func params(_ call: Call) throws -> URLSearchParams {
        try call.object(0, as: SearchParamsObject.self).params
    }
}
