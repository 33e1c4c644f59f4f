// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetServer
internal import WhippetURL

extension Host {
    /// Answers for the error of a body that failed before its first byte: as if the handler had thrown it.
    ///
    /// The layers around the handler have run already and don't run again; the fields that they may have added stay.
    func respond(to error: any Error, insteadOf response: Response, in scope: RequestScope) async -> Response? {
        guard let request = scope.request else { return nil }
        let found = index.find(
            index.policy.basePath.isEmpty ? request : request.moved(to: index.policy.withBasePath(request.url)))
        var answer = await answer(to: error, request, found)
        for (name, value) in response.headers where !Self.belongsToContent(name) {
            if name == "vary" {
                answer.addVary(FieldElements(value).map(String.init))
            } else if answer.headers[Headers.Name(name)] == nil {
                answer.headers[Headers.Name(name)] = value
            }
        }
        if scope.hasStagedCookies { answer.add(scope.takeCookies()) }
        return answer
    }

    /// Whether a field says something of the content that was to be sent, or of how long it may be kept.
    private static func belongsToContent(_ name: String) -> Bool {
        if name.hasPrefix("content-") { return !name.hasPrefix("content-security-policy") }
        switch name {
        case "etag", "last-modified", "accept-ranges", "cache-control", "expires", "age", "set-cookie", "location",
            "link", "trailer", "transfer-encoding", "x-accel-buffering":
            return true
        default:
            return false
        }
    }
}
