// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Threads of the system, for what must not run on Swift's own pool: event loops and blocking work.
package enum Thread {
    /// Starts a detached thread that runs `body`; false when the system has none to give.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let start = Unmanaged.passRetained(Start(body: body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        #if canImport(Darwin)
        var thread: pthread_t?
        let result = pthread_create(&thread, &attributes, { Start.run($0) }, start.toOpaque())
        #else
        var thread = pthread_t()
        let result = pthread_create(&thread, &attributes, { $0.flatMap { Start.run($0) } }, start.toOpaque())
        #endif
        if result != 0 { start.release() }
        return result == 0
    }

    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(body: @escaping @Sendable () -> Void) {
            self.body = body
        }

        static func run(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
            let start = Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue()
            start.body()
            return nil
        }
    }
}
