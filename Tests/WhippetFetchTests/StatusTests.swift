// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch

@Suite("Status and HTTPError")
struct StatusTests {
    @Test("a status reads like a number and like a name")
    func literals() {
        let status: Status = 201
        #expect(status == .created)
        #expect(status.rawValue == 201)
        #expect("\(status)" == "201 Created")
        #expect("\(Status(299))" == "299")
        #expect(Set<Status>([.ok, 200]).count == 1)
    }

    @Test(
        "reason phrases are the registry's",
        arguments: [
            (100, "Continue"), (200, "OK"), (203, "Non-Authoritative Information"), (226, "IM Used"),
            (302, "Found"), (308, "Permanent Redirect"), (404, "Not Found"), (413, "Content Too Large"),
            (422, "Unprocessable Content"), (451, "Unavailable For Legal Reasons"), (500, "Internal Server Error"),
            (505, "HTTP Version Not Supported"), (511, "Network Authentication Required"), (306, ""), (418, ""),
            (599, ""), (0, ""),
        ] as [(UInt16, String)])
    func reasonPhrases(_ code: UInt16, _ phrase: String) {
        #expect(Status(code).reasonPhrase == phrase)
    }

    @Test("each hundred is a class")
    func classes() {
        for code in UInt16(0)...999 {
            let status = Status(code)
            #expect(status.isInformational == (code / 100 == 1))
            #expect(status.isSuccessful == (code / 100 == 2))
            #expect(status.isRedirection == (code / 100 == 3))
            #expect(status.isClientError == (code / 100 == 4))
            #expect(status.isServerError == (code / 100 == 5))
        }
    }

    @Test("five statuses have no body, five are redirects")
    func sets() {
        let all = (UInt16(0)...999).map { Status($0) }
        #expect(all.filter(\.isNullBody) == [101, 103, 204, 205, 304])
        #expect(all.filter(\.isRedirect) == [301, 302, 303, 307, 308])
    }

    @Test("an error says its message, or its status' reason phrase")
    func httpError() {
        #expect(HTTPError.notFound.message == "Not Found")
        #expect(HTTPError.badRequest("no name").message == "no name")
        #expect("\(HTTPError(404, "no tea"))" == "HTTPError 404: no tea")
        #expect(HTTPError(.unauthorized, headers: ["www-authenticate": "Basic"]).headers[.wwwAuthenticate] == "Basic")
        #expect(HTTPError.tooManyRequests("later", headers: [.retryAfter: "5"]).headers[.retryAfter] == "5")
    }

    @Test("an error's response has its status, message and headers")
    func httpErrorResponse() async throws {
        let response = HTTPError(.unauthorized, "who?", headers: ["www-authenticate": "Basic"]).response()
        #expect(response.status == 401)
        #expect(response.headers[.wwwAuthenticate] == "Basic")
        #expect(response.headers[.contentType] == "text/plain;charset=UTF-8")
        #expect(try await response.text() == "who?\n")
    }

    @Test("an error with a status that takes no body has none")
    func httpErrorWithoutBody() {
        let response = HTTPError(.notModified).response()
        #expect(response.failure == nil)
        #expect(response.bodyLength == 0)
    }
}
