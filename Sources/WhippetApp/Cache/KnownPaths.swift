// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
@_spi(Whippet) internal import WhippetInfra
internal import WhippetRouting

/// The paths of a route that `generateStaticParams` names: asked for once, by whoever needs them first.
final class KnownPaths: Sendable {
    private enum Answer: Sendable {
        case paths([String])
        case failure(any Error)
    }

    /// How many paths a route may name.
    static let maximumCount = 100_000
    /// The one run that there is.
    private static let run = CacheKey(data: "generateStaticParams")

    private let pattern: RoutePattern
    private let name: StaticParamsFunction
    private let flights = Flights<Answer>()
    private let found = Locked<(list: [String], set: Set<String>)?>(nil)

    init(_ pattern: RoutePattern, _ name: StaticParamsFunction) {
        self.pattern = pattern
        self.name = name
    }

    /// The canonical paths.
    ///
    /// - Throws: What the function throws, and `RouteError` for parameters that make no path of the route.
    func paths() async throws -> Set<String> {
        if let found = found.withLock({ $0?.set }) { return found }
        return Set(try await list())
    }

    /// The canonical paths, in the order of the function.
    func list() async throws -> [String] {
        if let found = found.withLock({ $0?.list }) { return found }
        let answer = await flights.value(Self.run) { [self] in
            do {
                let params = try await name.run()
                guard params.count <= Self.maximumCount else {
                    throw RouteError("\(pattern): \(params.count) paths are more than \(Self.maximumCount)")
                }
                let list = try params.map { try path($0) }
                found.withLock { $0 = (list, Set(list)) }
                return .paths(list)
            } catch {
                return .failure(error)
            }
        }
        switch answer?.value {
        case .paths(let list): return list
        case .failure(let error): throw error
        case nil: throw CancellationError()
        }
    }

    /// The canonical path of parameters.
    private func path(_ params: StaticParams) throws -> String {
        var path = ""
        var count = 0
        func add(_ text: String) {
            path += "/" + PercentEncoding.encode(text, .component)
            count += 1
        }
        for segment in pattern.segments {
            switch (segment, segment.name.flatMap { params.values[$0] }) {
            case (.literal(let text), _):
                path += "/" + text
                count += 1
            case (.parameter, .segment(let text)?): add(text)
            case (.catchAll, .segments(let list)?) where !list.isEmpty: list.forEach(add)
            case (.optionalCatchAll, .segments(let list)?): list.forEach(add)
            case (.optionalCatchAll, nil): break
            default:
                throw RouteError(
                    "\(pattern): generateStaticParams: \(segment.name ?? "") is missing, or has another form")
            }
        }
        // An empty segment, or one of dots, would be another path.
        guard let canonical = CanonicalRoutePath.of(path.isEmpty ? "/" : path),
            canonical.utf8.count(where: { $0 == 0x2F }) == max(1, count), canonical.utf8.count > 1 || count == 0
        else { throw RouteError("\(pattern): generateStaticParams: \"\(path)\" is no path of the route") }
        return canonical
    }
}

/// The function that names the paths of a route.
struct StaticParamsFunction: Sendable {
    let run: @Sendable () async throws -> [StaticParams]
}
