// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetJSON
internal import WhippetServer
internal import WhippetURL

/// Writes one line of JSON for each request that has ended and for each line for the operator.
///
/// ```swift
/// let app = App(observers: [JSONLog()])
/// ```
/// The members have the names of OpenTelemetry's semantic conventions. An event loop never waits for a line: lines are
/// kept in memory, up to a bound, and written by another thread; what finds no place is dropped and counted, and a line
/// says how many were.
public struct JSONLog: Observer {
    /// Where lines go.
    public enum Destination: Sendable {
        /// Standard output.
        case standardOutput
        /// Standard error.
        case standardError
        /// A function, which may block; it is called by one thread at a time.
        case function(@Sendable (String) -> Void)
    }

    private let writer: LineWriter
    private let time: @Sendable () -> Int64

    /// Makes a log.
    ///
    /// - Parameters:
    ///   - destination: Where lines go.
    ///   - capacity: How many bytes may wait to be written.
    public init(to destination: Destination = .standardOutput, capacity: Int = 1024 * 1024) {
        self.init(to: destination, capacity: capacity, time: CalendarClock.milliseconds)
    }

    /// Makes a log with a clock of its own: milliseconds since 1970.
    package init(to destination: Destination, capacity: Int, time: @escaping @Sendable () -> Int64) {
        let write: @Sendable (String) -> Void =
            switch destination {
            case .standardOutput: StandardOutput.write
            case .standardError: StandardError.write
            case .function(let function): function
            }
        writer = LineWriter(capacity: capacity, write)
        self.time = time
    }

    /// Yes: these lines are the log.
    public var takesLog: Bool { true }

    /// Writes the line of a request.
    public func requestEnded(_ observed: ObservedRequest, _ end: RequestEnd) {
        let request = observed.request
        let url = request.url
        var line = head(end.status.rawValue >= 500 ? .error : .info, "request")
        line["http.request.method"] = JSON(request.method.rawValue)
        line["url.path"] = JSON(url.pathname)
        if !url.search.isEmpty { line["url.query"] = JSON(String(url.search.dropFirst())) }
        if !observed.route.isEmpty { line["http.route"] = JSON(observed.route) }
        line["http.response.status_code"] = JSON(Int(end.status.rawValue))
        if let bytes = end.bytes { line["http.response.body.size"] = JSON(bytes) }
        // Microseconds are as fine as it gets, and short.
        line["http.server.request.duration"] = JSON(Double(end.duration.microseconds) / 1_000_000)
        if let address = request.ip { line["client.address"] = JSON(address) }
        if let agent = request.headers[.userAgent] { line["user_agent.original"] = JSON(agent) }
        if let id = request.headers["x-request-id"] { line["http.request.header.x-request-id"] = JSON(id) }
        if let error = end.error {
            line["error.type"] = JSON("\(type(of: error))")
            line["exception.message"] = JSON("\(error)")
        }
        if !end.isComplete { line["whippet.response.complete"] = false }
        write(line)
    }

    /// Writes a line for the operator.
    public func logged(_ line: LogLine) {
        write(head(line.severity, line.message))
    }

    /// Waits until all lines are written.
    public func flush() async {
        await writer.flush()
    }

    private func head(_ severity: LogLine.Severity, _ message: String) -> JSON {
        [
            "timestamp": JSON(CalendarClock.text(milliseconds: time())), "severity_text": JSON(severity.rawValue),
            "body": JSON(message),
        ]
    }

    private func write(_ line: JSON) {
        guard let bytes = try? JSON.encode(line) else { return }
        writer.write(bytes)
    }
}

extension Duration {
    /// Whole microseconds.
    fileprivate var microseconds: Int64 {
        components.seconds &* 1_000_000 &+ components.attoseconds / 1_000_000_000_000
    }
}
