// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

struct Upload: Encodable {
    var title: String?
    var files: [Part] = []

    struct Part: Encodable {
        var name: String
        var type: String
        var size: Int
    }
}

// Part by part, while it comes: a file of any size takes no more memory than a chunk of it.
func POST(_ request: Request) async throws -> Response {
    var upload = Upload()
    for try await part in request.formDataParts() {
        if let filename = part.filename {
            var size = 0
            for try await chunk in part.body { size += chunk.count }
            upload.files.append(Upload.Part(name: filename, type: part.type, size: size))
        } else if part.name == "title" {
            upload.title = try await part.text()
        }
    }
    return Response.json(upload, status: .created)
}
