// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

/// Conditions of requests that change something.
struct PreconditionTests {
    /// What `checkPreconditions` throws, as a status; 200 for nothing.
    private func status(
        _ method: Request.Method, _ headers: Headers, etag: String? = "\"7\"", lastModified: String? = nil
    ) throws -> Int {
        do {
            try Request("/", method: method, headers: headers).checkPreconditions(
                etag: etag, lastModified: lastModified)
            return 200
        } catch let error as HTTPError {
            if error.status == .notModified { #expect(error.headers["etag"] == etag) }
            return Int(error.status.rawValue)
        }
    }

    @Test(
        "A change is made if the client means the version that is there",
        arguments: [
            (.PUT, [:], 200), (.PUT, ["if-match": "\"7\""], 200), (.PUT, ["if-match": "\"6\""], 412),
            (.DELETE, ["if-match": "*"], 200), (.PUT, ["if-none-match": "*"], 412),
            (.POST, ["if-none-match": "\"7\""], 412),
            (.PATCH, ["if-none-match": "\"6\""], 200), (.GET, ["if-none-match": "\"7\""], 304),
            (.GET, ["if-none-match": "\"6\""], 200), (.OPTIONS, ["if-match": "\"6\""], 200),
        ] as [(Request.Method, Headers, Int)])
    func tags(_ method: Request.Method, _ headers: Headers, _ expected: Int) throws {
        #expect(try status(method, headers) == expected)
    }

    @Test("Where nothing is, it can only be made")
    func nothing() throws {
        #expect(try status(.PUT, ["if-match": "*"], etag: nil) == 412)
        #expect(try status(.PUT, ["if-none-match": "*"], etag: nil) == 200)
    }

    @Test("A date stands for what has no tag")
    func dates() throws {
        let date = "Sat, 01 Jan 2000 00:30:00 GMT"
        let before = "Sat, 01 Jan 2000 00:00:00 GMT"
        #expect(try status(.PUT, ["if-unmodified-since": date], etag: nil, lastModified: date) == 200)
        #expect(try status(.PUT, ["if-unmodified-since": before], etag: nil, lastModified: date) == 412)
        #expect(try status(.PUT, ["if-none-match": "*"], etag: nil, lastModified: date) == 412)
    }
}
