// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

extension Host {
    /// How many paths are made at a time.
    private static let paths = 4

    /// Makes the answers of all paths that `generateStaticParams` names and the cache does not have.
    ///
    /// A path that fails is named in the log, and made when somebody asks for it.
    /// - Throws: `RouteError` when a function that names paths fails.
    func fill() async throws {
        for route in index.routes {
            guard let cached = route.cached, let known = cached.known else { continue }
            let list: [String]
            do {
                list = try await known.list()
            } catch let error as RouteError {
                throw error
            } catch {
                throw RouteError("\(route.pattern): generateStaticParams: \(error)")
            }
            guard cached.policy != nil else { continue }
            await withTaskGroup(of: Void.self) { group in
                for (index, path) in list.enumerated() {
                    if index >= Self.paths { await group.next() }
                    group.addTask { [self] in await fill(path) }
                }
            }
        }
    }

    private func fill(_ path: String) async {
        let whole = index.policy.basePath + (path == "/" && !index.policy.basePath.isEmpty ? "" : path)
        let request = Request(whole)
        let found = index.find(request)
        guard case .cached(let place) = found.endpoint, await cache.read(place.key) == nil else { return }
        let response = await respond(place, request, found)
        if response.status.rawValue >= 500 { log("GET \(path): \(response.status.rawValue) when the cache was filled") }
        response.discard(CancellationError())
    }
}
