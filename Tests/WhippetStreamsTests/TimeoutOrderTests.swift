// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetStreams
import WhippetTestSupport

@Suite("The order of timeouts")
struct TimeoutOrderTests {
    @Test("timeouts of one delay fire in the order in which they were made")
    func equalDelays() async {
        let order = Locked<[Int]>([])
        let done = Gate()
        for number in 0..<200 {
            AbortSignal.timeout(.milliseconds(1)).onabort { _ in
                order.withLock { $0.append(number) }
                if number == 199 { done.open() }
            }
        }
        await done.wait()
        #expect(order.withLock { $0 } == Array(0..<200))
    }

    @Test("a shorter timeout that comes later fires first")
    func shorterDelay() async {
        let order = Locked<[String]>([])
        let done = Gate()
        AbortSignal.timeout(.milliseconds(150)).onabort { _ in
            order.withLock { $0.append("long") }
            done.open()
        }
        AbortSignal.timeout(.milliseconds(1)).onabort { _ in order.withLock { $0.append("short") } }
        await done.wait()
        #expect(order.withLock { $0 } == ["short", "long"])
    }

    @Test("a timeout made while another one fires comes too")
    func nested() async {
        let done = Gate()
        AbortSignal.timeout(.milliseconds(1)).onabort { _ in
            AbortSignal.timeout(.milliseconds(1)).onabort { _ in done.open() }
        }
        await done.wait()
    }

    @Test("timeouts of many delays fire in the order of their deadlines, however many are dropped")
    func manyDelays() async {
        let order = Locked<[Int]>([])
        let done = Gate()
        var dropped: [AbortSignal] = []
        for number in 0..<300 {
            // Every delay from 50 to 79 ms in turn, in no particular order.
            let delay = 50 + number * 7 % 30
            dropped.append(.timeout(.milliseconds(10 + delay)))
            AbortSignal.timeout(.milliseconds(delay)).onabort { _ in order.withLock { $0.append(delay) } }
        }
        dropped = []
        AbortSignal.timeout(.milliseconds(200)).onabort { _ in done.open() }
        await done.wait()
        let fired = order.withLock { $0 }
        #expect(fired.count == 300)
        // The signals were made within some milliseconds of each other: neighbours may change places, no others.
        #expect(zip(fired, fired.dropFirst()).allSatisfy { $0 <= $1 + 25 })
    }

    @Test("a timeout that nobody waits for holds no other one up")
    func dropped() async {
        let done = Gate()
        do {
            let dropped = AbortSignal.timeout(.milliseconds(1))
            dropped.onabort { _ in }.remove()
        }
        AbortSignal.timeout(.milliseconds(2)).onabort { _ in done.open() }
        await done.wait()
    }
}
