// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetServer
internal import WhippetURL

extension Host {
    /// Answers as if another URL had been asked for: its route runs with those of its layers that have not run.
    ///
    /// Each layer runs once for a request, so that rewrites end.
    func rewrite(to target: String, _ found: Found, next position: Int, _ request: Request) async -> Response {
        let url = request.url
        guard let destination = URL.parse(target, base: url), destination.origin == url.origin else {
            log("500: Response.rewrite: \"\(target)\" is no URL of this server")
            return Response(status: .internalServerError)
        }
        let moved = request.moved(to: destination)
        RequestScope.current?.replace(moved)
        // The target is below the base path, as handlers see it.
        var next = index.find(request.moved(to: index.policy.withBasePath(destination)))
        RequestScope.current?.watcher?.moved(to: next.route.pattern)
        next.finishedLayers = found.finishedLayers + found.settings.layers.prefix(position).map(\.number)
        return await enter(next, moved)
    }
}

extension Response {
    /// Sets fields that middleware has staged: they win over the handler's, except those of which all stay.
    mutating func merge(_ fields: Headers) {
        for (name, value) in fields {
            switch name {
            case "set-cookie", "www-authenticate", "proxy-authenticate": headers.append(Headers.Name(name), value)
            // An answer that no longer names what it depends on would go to the wrong client out of a cache.
            case "vary": addVary(FieldElements(value).map(String.init))
            default: headers[Headers.Name(name)] = value
            }
        }
    }
}
