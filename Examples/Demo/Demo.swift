// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// The demo: the folder `app` beside this file is the URL space, one `route.swift` for each path.
@main
enum Demo {
    static let app = App(routes: .files)

    static func main() async {
        await app.run()
    }
}
