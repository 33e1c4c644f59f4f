// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet
import WhippetH3

/// The examples of other frameworks' documentation: API routes of Next in `pages/api`, and an application of h3.
@main
enum FrontDoors {
    static let app: App = {
        let app = App(routes: .pages)
        app.group("/h3").mount(EventExamples.app.routes)
        return app
    }()

    static func main() async {
        await app.listen()
    }
}
