// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// What special files export, and what is said of those that export something else.
struct ExportTests {
    static let routes: [(source: String, complaints: [String])] = [
        ("func GET() {}\nfunc POST() {}\nlet dynamic: Dynamic = .forceStatic", []),
        ("let GET = handler\nlet revalidate = 60", []),
        ("func QUERY() {}\nlet revalidate = false\nlet dynamic = \"force-dynamic\"", []),
        ("func GET() {}\nlet revalidate: Revalidate = .seconds(60)\nlet maxDuration = 5", []),
        ("func GET() {}\nfunc delete(_ id: String) {}", []),
        ("func GET() {}\nlet fetchCache = \"auto\"; let runtime = \"nodejs\"; let preferredRegion = \"auto\"", []),
        (
            "func get() {}",
            [
                "1:6: warning: get answers no request; did you mean GET?",
                "1:1: error: this route file exports no method; declare a function such as func GET() -> Response",
            ]
        ),
        ("func GET() {}\n  func Post(_ r: Request) {}", ["2:8: warning: Post answers no request; did you mean POST?"]),
        (
            "func GET() {}\nfunc TRACE(_ r: borrowing Request) {}",
            [
                "2:6: warning: a route file can't export the method TRACE, but only "
                    + "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY"
            ]
        ),
        (
            "struct A {}",
            ["1:1: error: this route file exports no method; declare a function such as func GET() -> Response"]
        ),
        ("", ["1:1: error: this route file exports no method; declare a function such as func GET() -> Response"]),
        ("func GET() {}\nfunc GET(_ r: Request) {}", ["2:6: error: this file exports GET twice"]),
        (
            "func POST() {}\n#if DEBUG\nfunc GET() {}\n#endif",
            [
                "3:6: error: GET stands inside #if: what a file exports can't depend on a condition; "
                    + "put the condition into its body"
            ]
        ),
        (
            "func POST() {}\nprivate func GET() {}",
            ["2:14: warning: GET is private and so not exported; leave the word out"]
        ),
        ("enum GET {}", ["1:6: error: GET must be a function or a constant, not a type"]),
        ("func GET() {}\nfunc dynamic() {}", ["2:6: error: dynamic must be a constant: let dynamic = …"]),
        (
            "func GET() {}\nlet dynamic = \"never\"",
            [
                "2:15: error: \"never\" is no value of dynamic; "
                    + "the values are \"auto\", \"force-dynamic\", \"error\", \"force-static\""
            ]
        ),
        (
            "func GET() {}\nlet revalidate = -1",
            ["2:18: error: revalidate is false or a whole number of seconds, not -1"]
        ),
        (
            "func GET() {}\nlet revalidate = \"60\"",
            ["2:18: error: revalidate is false or a whole number of seconds, not \"60\""]
        ),
        (
            "func GET() {}\nlet revalidate = true",
            ["2:18: error: revalidate is false or a whole number of seconds, not true"]
        ),
        (
            "func GET() {}\nlet revalidate = 1.5",
            ["2:18: error: revalidate is false or a whole number of seconds, not 1.5"]
        ),
        ("func GET() {}\nlet dynamicParams = 1", ["2:21: error: dynamicParams is true or false, not 1"]),
        (
            "func GET() {}\nlet maxDuration = 0",
            ["2:19: error: maxDuration is a whole number of seconds above 0, not 0"]
        ),
        (
            "func GET() {}\nlet runtime = \"deno\"",
            ["2:15: error: \"deno\" is no value of runtime; the values are \"nodejs\", \"edge\""]
        ),
        (
            "func GET() {}\nprint(1)",
            ["2:1: error: a route file holds declarations only: this statement would never run"]
        ),
    ]

    @Test("A route file's mistakes are told at their place", arguments: routes)
    func route(source: String, complaints: [String]) {
        #expect(Folder.complaints(source) == complaints.map { "items/route.swift:\($0)" })
    }

    static let folders: [(path: String, source: String, complaints: [String])] = [
        ("a/middleware.swift", "func middleware() {}\nlet matcher = \"/x\"\nlet cors = 1", []),
        ("a/middleware.swift", "let cors = 1", []),
        ("a/middleware.swift", "let matcher = \"/x\"", ["this file exports no middleware; declare func middleware(…)"]),
        ("a/error.swift", "func error() {}", []),
        ("a/error.swift", "func Error() {}", ["this file exports no error handler; declare func error(…)"]),
        ("a/not-found.swift", "func notFound() {}", []),
        ("a/not-found.swift", "func GET() {}", ["this file exports no handler; declare func notFound(…)"]),
        ("instrumentation.swift", "func register() async throws {}", []),
        ("instrumentation.swift", "func onRequestError(_ e: any Error) async {}\nlet x = 1", []),
        (
            "instrumentation.swift", "func start() {}",
            ["this file exports nothing; declare func register(…) or func onRequestError(…)"]
        ),
        ("a/instrumentation.swift", "func start() {}", []),
        ("_a/route.swift", "func anything() {}", []),
        ("a/routes.swift", "print(1)", []),
    ]

    @Test("A folder's special files export what their names say", arguments: folders)
    func folder(path: String, source: String, complaints: [String]) {
        #expect(Folder.complaints(source, path: path) == complaints.map { "\(path):1:1: error: \($0)" })
    }
}
