// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("AbortSignal")
struct AbortSignalTests {
    @Test("abort sets the reason, an AbortError unless said otherwise")
    func defaultReason() {
        let controller = AbortController()
        #expect(!controller.signal.aborted)
        #expect(controller.signal.reason == nil)
        controller.abort()
        #expect(controller.signal.aborted)
        #expect(
            controller.signal.reason as? DOMException
                == DOMException("This operation was aborted", name: .abortError))
    }

    @Test("the reason is the very object that abort was given")
    func reasonByIdentity() {
        final class Reason: Error {}
        let reason = Reason()
        let signal = AbortSignal.abort(reason)
        #expect(signal.reason as? Reason === reason)
    }

    @Test("only the first abort counts")
    func firstAbortCounts() {
        let log = Log<String>()
        let controller = AbortController()
        controller.signal.onabort { log.add("\($0)") }
        controller.abort(Failure("first"))
        controller.abort(Failure("second"))
        #expect(log.all == ["first"])
    }

    @Test("throwIfAborted throws the reason")
    func throwIfAborted() throws {
        let controller = AbortController()
        try controller.signal.throwIfAborted()
        controller.abort(Failure("enough"))
        #expect(throws: Failure("enough")) { try controller.signal.throwIfAborted() }
    }

    @Test("listeners run in the order of their adding, and may use the signal")
    func listenersInOrder() {
        let log = Log<String>()
        let controller = AbortController()
        let signal = controller.signal
        for number in 1...3 { signal.onabort { _ in log.add("\(number) \(signal.aborted)") } }
        controller.abort()
        #expect(log.all == ["1 true", "2 true", "3 true"])
    }

    @Test("a removed listener does not run")
    func removedListener() {
        let log = Log<Int>()
        let controller = AbortController()
        let first = controller.signal.onabort { _ in log.add(1) }
        controller.signal.onabort { _ in log.add(2) }
        first.remove()
        first.remove()
        controller.abort()
        #expect(log.all == [2])
    }

    @Test("a listener of an aborted signal runs at once")
    func lateListener() {
        let log = Log<String>()
        AbortSignal.abort(Failure("enough")).onabort { log.add("\($0)") }
        #expect(log.all == ["enough"])
    }

    @Test("listeners are released when the signal aborts and when they are removed", arguments: [false, true])
    func listenersAreReleased(removed: Bool) {
        let deaths = Log<String>()
        let controller = AbortController()
        do {
            let witness = Witness(deaths, "listener")
            let listener = controller.signal.onabort { _ in withExtendedLifetime(witness) {} }
            if removed { listener.remove() } else { controller.abort() }
        }
        #expect(deaths.all == ["listener"])
    }

    @Test("timeout aborts with a TimeoutError")
    func timeout() async {
        let aborted = Gate()
        let signal = AbortSignal.timeout(.milliseconds(1))
        signal.onabort { _ in aborted.open() }
        await aborted.wait()
        #expect((signal.reason as? DOMException)?.name == .timeoutError)
    }

    @Test("a timeout that somebody listens to needs nobody else to hold it")
    func timeoutIsKept() async {
        let aborted = Gate()
        do { AbortSignal.timeout(.milliseconds(1)).onabort { _ in aborted.open() } }
        await aborted.wait()
    }

    @Test("a timeout that nobody holds is gone")
    func timeoutIsReleased() {
        weak var signal: AbortSignal?
        do {
            let timeout = AbortSignal.timeout(.seconds(3600))
            timeout.onabort { _ in }.remove()
            signal = timeout
        }
        #expect(signal == nil)
    }

    @Test("any aborts with the first of its signals, for the same reason")
    func any() {
        let controllers = [AbortController(), AbortController()]
        let signal = AbortSignal.any(controllers.map(\.signal))
        #expect(!signal.aborted)
        controllers[1].abort(Failure("second"))
        controllers[0].abort(Failure("first"))
        #expect(signal.reason as? Failure == Failure("second"))
    }

    @Test("any of an aborted signal is aborted, any of none never is")
    func anyOfAborted() {
        #expect(AbortSignal.any([AbortController().signal, .abort(Failure("enough"))]).reason as? Failure != nil)
        #expect(!AbortSignal.any([]).aborted)
    }

    @Test("dependent signals have aborted before any listener runs")
    func dependentsAbortFirst() {
        let log = Log<String>()
        let controller = AbortController()
        let dependent = AbortSignal.any([controller.signal])
        controller.signal.onabort { _ in log.add("source \(dependent.aborted)") }
        dependent.onabort { _ in log.add("dependent") }
        controller.abort()
        #expect(log.all == ["source true", "dependent"])
    }

    @Test("any of any follows the sources themselves")
    func anyOfAny() {
        let controller = AbortController()
        let signal: AbortSignal
        do { signal = .any([.any([controller.signal])]) }
        controller.abort(Failure("enough"))
        #expect(signal.reason as? Failure == Failure("enough"))
    }

    @Test("a dependent that somebody listens to needs nobody else to hold it")
    func dependentIsKept() {
        let log = Log<String>()
        let controller = AbortController()
        do { AbortSignal.any([controller.signal]).onabort { log.add("\($0)") } }
        controller.abort(Failure("enough"))
        #expect(log.all == ["enough"])
    }

    @Test("any holds a timeout that nobody else holds")
    func anyHoldsTimeout() async {
        let aborted = Gate()
        let signal = AbortSignal.any([.timeout(.milliseconds(1)), AbortController().signal])
        signal.onabort { _ in aborted.open() }
        await aborted.wait()
        #expect((signal.reason as? DOMException)?.name == .timeoutError)
    }

    @Test("a dependent without listeners is gone with its last holder")
    func dependentIsReleased() {
        let controller = AbortController()
        weak var weakSignal: AbortSignal?
        do {
            let signal = AbortSignal.any([controller.signal, .timeout(.seconds(3600))])
            signal.onabort { _ in }.remove()
            weakSignal = signal
        }
        #expect(weakSignal == nil)
    }

    @Test("a dependent with a listener is gone with its last source")
    func dependentDiesWithSource() {
        weak var weakSignal: AbortSignal?
        do {
            let controller = AbortController()
            let signal = AbortSignal.any([controller.signal])
            signal.onabort { _ in }
            weakSignal = signal
        }
        #expect(weakSignal == nil)
    }
}
