// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// A notes service: everybody reads, who is logged in writes, and who listens hears of it at once.
@main
enum NotesService {
    static func main() async {
        await NotesService.app().listen()
    }

    /// The application; the secret and the keys of its users come from the environment.
    static func app(clock: any Clock<Duration> = ContinuousClock()) -> App {
        App(routes: .files, clock: clock)
    }
}
