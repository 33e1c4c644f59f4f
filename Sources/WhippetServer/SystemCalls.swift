// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Closes a descriptor; named apart from the methods called `close`.
func systemClose(_ descriptor: Int32) {
    _ = close(descriptor)
}

/// Begins to connect a socket; −1 with `errno` set on failure, `EINPROGRESS` when it goes on.
func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    connect(descriptor, address, length)
}

/// Makes the coming close of a socket a reset.
func systemResetOnClose(_ descriptor: Int32) {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
}

/// Reads at most `count` bytes; −1 with `errno` set on failure.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

/// Receives at most `count` bytes from a socket; −1 with `errno` set on failure.
func systemReceive(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    #if os(Linux)
    whippet_receive(descriptor, buffer, count)
    #else
    recv(descriptor, buffer, count, 0)
    #endif
}

/// Whether the process ignores a signal.
func systemIgnores(_ signal: Int32) -> Bool {
    #if os(Linux)
    whippet_ignores(signal) != 0
    #else
    false
    #endif
}

/// Whether a file, a terminal or a pipe takes bytes, or says an error at once, within so many milliseconds.
func systemTakesBytes(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&wanted, 1, milliseconds) != 0
}

/// Writes to a file or a terminal; −1 with `errno` set on failure.
func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

/// Sends at most `count` bytes; −1 with `errno` set on failure, never a SIGPIPE.
func systemSend(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
    #if os(Linux)
    whippet_send(descriptor, buffer, count)
    #else
    send(descriptor, buffer, count, 0)
    #endif
}

/// Sends three runs of bytes as one; −1 with `errno` set on failure, never a SIGPIPE.
func systemSend(
    _ descriptor: Int32, _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>,
    _ third: UnsafeBufferPointer<UInt8>
) -> Int {
    withUnsafeTemporaryAllocation(of: iovec.self, capacity: 3) { parts in
        var count = 0
        func add(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard !bytes.isEmpty else { return }
            let base = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            parts.initializeElement(at: count, to: iovec(iov_base: base, iov_len: bytes.count))
            count += 1
        }
        add(first)
        add(second)
        add(third)
        return systemSend(descriptor, parts, count)
    }
}

/// Sends the first `count` of these runs of bytes as one; −1 with `errno` set on failure, never a SIGPIPE.
func systemSend(_ descriptor: Int32, _ parts: UnsafeMutableBufferPointer<iovec>, _ count: Int) -> Int {
    var message = msghdr()
    message.msg_iov = parts.baseAddress
    message.msg_iovlen = numericCast(count)
    #if os(Linux)
    return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
    #else
    return sendmsg(descriptor, &message, 0)
    #endif
}

/// Makes the process fit for a server: a log that nobody reads any more does not end it, and descriptors that were closed
/// when it started don't become sockets that log lines go to.
package func prepareProcess() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 {
        // The lowest that is free is this one.
        _ = open("/dev/null", O_RDWR)
    }
}

/// Blocks the thread for so long.
func systemSleep(milliseconds: Int64) {
    var remaining = max(0, milliseconds)
    while remaining > 0 {
        let part = min(remaining, 500)
        usleep(useconds_t(part * 1000))
        remaining -= part
    }
}

/// Ends the process.
package func exitProcess(status: Int32) -> Never {
    exit(status)
}

/// Another descriptor of the same socket; −1 where there is none to be had, or no `sendfile`.
func systemDuplicate(_ descriptor: Int32) -> Int32 {
    #if os(Linux)
    fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    #else
    -1
    #endif
}

/// Has the system send bytes of a file; 0 when the socket is full, nil when it can't be done, never a SIGPIPE.
func systemSendFile(_ socket: Int32, _ file: Int32, _ offset: Int, _ count: Int) -> Int? {
    #if os(Linux)
    withoutBrokenPipeSignal {
        var sent = whippet_send_file(socket, file, off_t(offset), count)
        while sent < 0, errno == EINTR { sent = whippet_send_file(socket, file, off_t(offset), count) }
        if sent < 0, errno == EAGAIN { return 0 }
        // The end of the file where there should be more: reading says what is wrong.
        return sent > 0 ? sent : nil
    }
    #else
    nil
    #endif
}

#if os(Linux)
/// Keeps the calling thread from a SIGPIPE, which `sendfile` has no flag against and which would end the process.
private func withoutBrokenPipeSignal<Result>(_ body: () -> Result) -> Result {
    var pipe = sigset_t()
    var before = sigset_t()
    var pending = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    sigpending(&pending)
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let result = body()
    // One that was there before is not this call's to take away.
    if sigismember(&pending, SIGPIPE) == 0 {
        var none = timespec()
        while sigtimedwait(&pipe, nil, &none) < 0, errno == EINTR {}
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return result
}
#endif

/// How many bytes a socket has taken that the other side has not got yet.
func systemUnderway(_ descriptor: Int32) -> Int {
    #if os(Linux)
    Int(whippet_underway(descriptor))
    #else
    0
    #endif
}
