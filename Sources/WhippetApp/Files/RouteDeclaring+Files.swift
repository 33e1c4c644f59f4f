// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetURL

extension RouteDeclaring {
    /// Serves the files of a folder below a path: `GET` and `HEAD`, any other method gets a 405.
    ///
    /// Routes that name their path more exactly go before the files. Files with pages for folders take the path itself,
    /// too; `index: []` leaves it to a route.
    /// ```swift
    /// app.files("/downloads", StaticFiles("downloads", index: [], precompressed: true))
    /// ```
    /// - Parameters:
    ///   - path: What stands before the files' paths, such as `/downloads`; `/` for none.
    ///   - files: The files. A folder that is not there is an error at start.
    public func files(_ path: String, _ files: StaticFiles, file: StaticString = #fileID, line: UInt = #line) {
        let handler = MethodHandler(method: .GET) { request, context in
            let names: [String] = context.params.path
            let endsInSlash = request.url.pathname.utf8.last == UInt8(ascii: "/")
            return try await files.response(to: request, names: names, sendsIndex: endsInSlash)
        }
        let place = DeclarationPlace.line(file, line)
        let below = (path == "/" ? "" : path) + "/[...path]"
        let problem = files.folder.exists ? nil : "\(place): there is no folder \"\(files.folder.path)\""
        routes.declare {
            for path in files.index.isEmpty ? [below] : [path, below] {
                $0.routes.append(RouteDeclaration(path: path, handlers: [handler], place: place, problem: problem))
            }
        }
    }
}
