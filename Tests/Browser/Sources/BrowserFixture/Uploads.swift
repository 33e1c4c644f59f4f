// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// What came of a form's field or file.
struct ReceivedPart: Codable, Sendable {
    var name: String
    var filename: String?
    var type: String
    var size = 0
    /// A sum that depends on the order of the bytes.
    var checksum: UInt32 = 0

    mutating func add(_ chunk: [UInt8]) {
        size += chunk.count
        for byte in chunk { checksum = checksum &* 31 &+ UInt32(byte) }
    }
}

extension BrowserFixture {
    /// Files that are read while they come, and forms.
    static func declareUploadRoutes(_ app: App) {
        app.post("/upload") { request in
            var received: [ReceivedPart] = []
            for try await part in request.formDataParts() {
                var sums = ReceivedPart(name: part.name, filename: part.filename, type: part.type)
                for try await chunk in part.body { sums.add(chunk) }
                received.append(sums)
            }
            return Response.json(received)
        }
        // The same into memory.
        app.post("/form") { request in
            let form = try await request.formData()
            return Response.json(["name": form["name"], "note": form["note"]])
        }

        // A form that was posted is answered with a redirect to a page, which the browser gets.
        app.post("/orders") { request -> Response in
            let form = try await request.formData()
            try cookies().set("order", form["name"] ?? "none", path: "/orders")
            try redirect("/orders/done")
        }
        app.get("/orders/done") { request in
            let order = request.cookies["order"] ?? "none"
            let report = JSON(["method": JSON(request.method.rawValue), "order": JSON(order)])
            return Response(
                "<!doctype html><script>parent.postMessage(\(report), '*')</script>",
                headers: [.contentType: "text/html;charset=utf-8"])
        }
    }
}
