// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet
import WhippetExpress
import WhippetMustache

// The examples of a course on Express's responses, line by line, and a small application around them.

let app = express()

app.get("/users/:id") { request, response in
    response.send("User \(request.params.id)")
}

let people: JSON = ["1": "ada", "2": "grace"]

app.get("/user/:id") { request, response in
    let name = people[request.params.id]
    if name.isNull {
        response.status(404)
    } else if request.get("Authorization") != nil {
        response.status(200)
    } else {
        response.status(401)
    }
    response.send(["name": name])
}

// MARK: - Sending

app.get("/hello") { request, response in
    response.send("Hello World!")
}

app.get("/list") { request, response in
    response.send([5, 7, 9])
}

app.get("/object") { request, response in
    response.send(["name": "John Doe"])
}

app.get("/text") { request, response in
    response.set("Content-Type", "text/plain")
    response.send("Just regular text, no html expected!")
}

app.get("/empty") { request, response in
    response.status(204).end()
}

app.get("/missing") { request, response in
    response.status(404).end()
}

app.get("/old") { request, response in
    response.redirect("/hello")
}

// MARK: - Files and views

let folder = #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }

app.get("/file") { request, response in
    await response.sendFile("note.txt", .init(root: folder + "/public")) { error in
        if error != nil { response.sendStatus(404) }
    }
}

/// Templates of Mustache, from a module of its own.
struct Mustache: ViewEngine {
    func render(_ template: String, _ locals: JSON.Object, in folder: String) throws -> String {
        try MustacheTemplate(template).render(.object(locals))
    }
}

app.engine("html", Mustache())
app.set("views", .string(folder + "/views"))
app.set("view engine", "html")
app.locals["title"] = "Whippet"

app.get("/page") { request, response in
    response.locals["user"] = "ada"
    await response.render("index", ["greeting": "Hello"])
}

app.use("/static", express.static(folder + "/public"))

// MARK: - Middleware, routers, errors

app.use(express.json())

app.post("/echo") { request, response in
    response.json(request.body)
}

let birds = express.Router()

birds.use { request, response, next in
    response.set("X-Time", "now")
    next()
}

birds.get("/") { request, response in
    response.send("Birds home page")
}

birds.get("/about") { request, response in
    response.send("About birds")
}

app.use("/birds", birds)

app.get("/broken") { request, response in
    throw HTTPError(.serviceUnavailable, "Out of tea")
}

app.use { error, request, response, next in
    guard let error = error as? HTTPError, error.status == .serviceUnavailable else { return next(error) }
    response.status(503).send("Something broke: \(error.message)")
}

await app.listen()
