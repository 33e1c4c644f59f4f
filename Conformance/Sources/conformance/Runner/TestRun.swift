// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
@_spi(Conformance) import WhippetFetch
import WhippetInfra
import WhippetJSON
@_spi(Conformance) import WhippetURL

/// One test file in an engine of its own.
final class TestRun {
    private let tree: Tree
    private let file: TestFile
    private let engine: Engine
    private var report: FileReport?

    init(_ path: String, tree: Tree) throws {
        guard let engine = Engine() else { throw BindingError("the JavaScript engine can't be made") }
        self.engine = engine
        self.tree = tree
        file = try TestFile(path, in: tree)
    }

    /// Runs the file to its end and returns what its tests gave.
    func run() throws -> FileReport {
        let natives = Natives(engine: engine, object: try engine.evaluate("({})", name: "natives"))
        for binding in Natives.bindings { binding.install(natives) }
        installHarness(natives)
        try Prelude.load(natives)
        // All scripts run within one call: microtasks wait until the last one has run, as on a page that is loading.
        let load = engine.function("load") { [unowned self] _ in
            try loadScripts()
            return Nothing()
        }
        _ = try? engine.call(load)
        engine.loop.run { self.report != nil }
        if report == nil {
            // Nothing more will happen: what still waits has timed out.
            _ = try? engine.evaluate("timeout()", name: "end")
            engine.loop.run { self.report != nil }
        }
        return report ?? FileReport(status: .crash("the file reported no results"), tests: [])
    }

    /// Lets go of the engine; collects all garbage, and with it the Swift objects behind it.
    func close() { engine.close() }

    private func loadScripts() throws {
        try load("resources/testharness.js")
        try engine.evaluate(Prelude.reporter, name: "reporter")
        for script in file.scripts { try load(script) }
        try load(file.path)
    }

    private func load(_ path: String) throws {
        do {
            try engine.evaluate(tree.text(path), name: path)
        } catch {
            if ProcessInfo.processInfo.environment["CONFORMANCE_VERBOSE"] != nil {
                FileHandle.standardError.write(Data("\(path): \(error)\n".utf8))
            }
            try engine.call(engine.global["reportError"], [engine.script(of: error)])
        }
    }

    private func installHarness(_ natives: Natives) {
        natives.add("location") { [unowned self] call in
            let location = try call.engine.evaluate("({})", name: "location")
            let page = file.path.replacingOccurrences(of: ".js", with: ".html")
            for (name, value) in [
                "href": "http://web-platform.test:8000/\(page)", "origin": "http://web-platform.test:8000",
                "protocol": "http:", "host": "web-platform.test:8000", "hostname": "web-platform.test", "port": "8000",
                "pathname": "/\(page)", "search": "", "hash": "",
            ] {
                location.set(name, value.script(call.engine))
            }
            return location
        }
        natives.add("fetchResource") { [unowned self] call in
            guard let streams = engine.streams,
                case .request(let request) = try call.object(0, as: MessageObject.self).message,
                let response = try fetch(request)
            else { return engine.null }
            return Handle(MessageObject(.response(response), streams))
        }
        engine.global.set(
            "__report",
            engine.function("report") { [unowned self] call in
                report = try FileReport(json: call.string(0))
                return Nothing()
            })
    }

    /// What needs no network: `data:` URLs and the tree's own files; nil for everything else.
    private func fetch(_ request: Request) throws -> Response? {
        let url = request.url
        if let content = DataURLs.content(of: url) {
            return .fetched(url, type: content.mimeType, content: content.body)
        }
        guard url.host == "web-platform.test:8000", request.method == .GET else { return nil }
        let path = String(url.pathname.dropFirst())
        guard !path.hasSuffix(".py"), let data = try? tree.bytes(path) else { return nil }
        return .fetched(url, type: Self.types[String(path.split(separator: ".").last ?? "")], content: Array(data))
    }

    private static let types = ["json": "application/json", "txt": "text/plain", "html": "text/html"]
}
