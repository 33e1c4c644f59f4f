// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
public import WhippetJSON

extension ExpressResponse {
    /// Renders a view and sends it as HTML.
    ///
    /// The view is a file of the folder that the setting `views` names; without an extension it has that of the setting
    /// `view engine`. Values given here go before `res.locals`, those before `app.locals`.
    /// ```swift
    /// let app = express()
    /// app.set("view engine", "mustache")
    /// app.get("/") { req, res in await res.render("index", ["title": "Hey"]) }
    /// ```
    public func render(_ view: String, _ locals: JSON.Object = [:]) async {
        do {
            send(try await rendered(view, locals))
        } catch {
            fail(error)
        }
    }

    /// Renders a view of a value's members and sends it as HTML.
    @_disfavoredOverload
    public func render(_ view: String, _ locals: some Encodable) async {
        do {
            send(try await rendered(view, try JSON.parse(JSON.encode(locals)).objectValue ?? [:]))
        } catch {
            fail(error)
        }
    }

    /// Renders a view and hands it to a callback, which answers.
    ///
    /// - Parameter callback: Gets what went wrong, or the text.
    public func render(
        _ view: String, _ locals: JSON.Object = [:], _ callback: ((any Error)?, String?) async throws -> Void
    ) async rethrows {
        let text: String
        do {
            text = try await rendered(view, locals)
        } catch {
            try await callback(error, nil)
            return
        }
        try await callback(nil, text)
    }

    private func rendered(_ view: String, _ locals: JSON.Object) async throws -> String {
        var values = app.locals
        for (name, value) in self.locals { values[name] = value }
        for (name, value) in locals { values[name] = value }
        return try await app.render(view, values, request.installation)
    }
}

extension Application {
    /// Renders a view with the values given and those of `locals`.
    ///
    /// - Throws: `TypeError` if there is no engine or no file for the view; what the engine throws.
    public func render(_ view: String, _ locals: JSON.Object = [:]) async throws -> String {
        var values = self.locals
        for (name, value) in locals { values[name] = value }
        return try await render(view, values, try host().installation)
    }

    func render(_ view: String, _ values: JSON.Object, _ installation: Installation) async throws -> String {
        let name = ContentDisposition.baseName(view)
        let dot = name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? $0 : nil }
        var path = view
        let type: String
        if let dot {
            type = String(name[name.index(after: dot)...])
        } else {
            guard let engine = installation.settings.viewEngine else {
                throw TypeError("No default engine was specified and no extension was provided: \"\(view)\"")
            }
            type = engine
            path += "." + engine
        }
        guard let engine = installation.engines[type] else {
            throw TypeError("No engine was set for views with the extension \"\(type)\"")
        }
        let views = installation.settings.views
        if path.utf8.first != 0x2F { path = views + "/" + path }
        let template: String
        do {
            template = try await File(path: path).text()
        } catch {
            throw TypeError("Failed to lookup view \"\(view)\" in views directory \"\(views)\"")
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return try await engine.render(template, values, in: folder)
    }
}
