// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

@testable import WhippetServer

@Suite("Event loops")
struct EventLoopTests {
    @Test("What a timer has written goes out in the same turn")
    func timersBeforeTheTurnEnds() async throws {
        let loop = try #require(EventLoop())
        let notes = Notes()
        let ended = Event()
        #expect(loop.start { ended.happen() })
        loop.execute {
            loop.onTurn {
                notes.add("turn")
                if notes.lines.contains("timer") { loop.stop() }
            }
            loop.schedule(after: 0) { notes.add("timer") }
        }
        await ended.wait()
        #expect(notes.lines == ["timer", "turn"])
    }
}
