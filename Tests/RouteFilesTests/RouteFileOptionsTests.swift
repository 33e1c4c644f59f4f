// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// The file `routes.json`.
struct RouteFileOptionsTests {
    static let options: [(json: String, pageExtensions: [String])] = [
        ("{}", ["swift"]),
        (" { } \n", ["swift"]),
        (#"{"pageExtensions": ["swift", "api.swift"]}"#, ["swift", "api.swift"]),
        ("{\n\t\"pageExtensions\" : [ \"api.swift\" ]\n}\n", ["api.swift"]),
    ]

    @Test("The options are read", arguments: options)
    func reads(json: String, pageExtensions: [String]) throws {
        #expect(try RouteFileOptions(json: Array(json.utf8)).pageExtensions == pageExtensions)
    }

    static let mistakes: [(json: String, offset: Int, message: String)] = [
        ("", 0, "{ is expected here"),
        ("[]", 0, "{ is expected here"),
        ("{} x", 3, "nothing may follow the options"),
        (#"{"pages": []}"#, 1, "\"pages\" is no option; the option is \"pageExtensions\""),
        (#"{"pageExtensions": "swift"}"#, 19, "[ is expected here"),
        (#"{"pageExtensions": []}"#, 20, "a string is expected here"),
        (#"{"pageExtensions": ["ts"]}"#, 20, "\"ts\" is no ending of a Swift file, such as \"swift\" or \"api.swift\""),
        (#"{"pageExtensions": ["swift"#, 20, "this string has no end"),
        (#"{"pageExtensions": ["a\n.swift"]}"#, 22, "a string of the options holds plain text only"),
        (#"{"pageExtensions": ["swift"]"#, 28, "} is expected here"),
    ]

    @Test("A mistake is told with its place", arguments: mistakes)
    func refuses(json: String, offset: Int, message: String) {
        #expect(throws: RouteFileOptions.Failure(offset: offset, message: message)) {
            try RouteFileOptions(json: Array(json.utf8))
        }
    }

    @Test("A list without end is refused")
    func bound() {
        let list = Array(repeating: "\"swift\"", count: 33).joined(separator: ",")
        #expect(throws: RouteFileOptions.Failure(offset: 19, message: "\"pageExtensions\" has more than 32 endings")) {
            try RouteFileOptions(json: Array("{\"pageExtensions\": [\(list)]}".utf8))
        }
    }
}
