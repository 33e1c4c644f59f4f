// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// What is told of an application's requests, log lines and measurements.
///
/// ```swift
/// struct StatusCount: Observer {
///     let count: @Sendable (_ route: String, _ status: Int) -> Void
///
///     func requestEnded(_ request: ObservedRequest, _ end: RequestEnd) {
///         count(request.route, Int(end.status.rawValue))
///     }
/// }
/// ```
/// Each function has an empty default. They run on the event loop of the request and must not block; an application
/// without observers pays nothing for them.
public protocol Observer: Sendable {
    /// A request has come and its route is known; its handler has not run yet.
    func requestStarted(_ request: ObservedRequest)

    /// The last byte of the answer was sent, or the client has left.
    func requestEnded(_ request: ObservedRequest, _ end: RequestEnd)

    /// The host has something to say to the operator.
    func logged(_ line: LogLine)

    /// Something was measured that is no request.
    func measured(_ measurement: ObservedMeasurement)

    /// Whether lines for the operator go here in place of standard error.
    var takesLog: Bool { get }

    /// Writes what is held back; the application ends after it.
    func flush() async
}

extension Observer {
    /// Does nothing.
    public func requestStarted(_ request: ObservedRequest) {}
    /// Does nothing.
    public func requestEnded(_ request: ObservedRequest, _ end: RequestEnd) {}
    /// Does nothing.
    public func logged(_ line: LogLine) {}
    /// Does nothing.
    public func measured(_ measurement: ObservedMeasurement) {}
    /// No.
    public var takesLog: Bool { false }
    /// Does nothing.
    public func flush() async {}
}

/// A request as observers see it.
public struct ObservedRequest: Sendable {
    /// The request's number in this process: the same when it starts and when it ends.
    public let id: UInt64
    /// The request; its body belongs to the handler.
    public let request: Request
    /// The pattern of its route, such as `/items/[slug]`: the name to count by; empty where no route matches.
    public internal(set) var route: String
}

/// How a request ended.
public struct RequestEnd: Sendable {
    /// The status of the answer.
    public let status: Status
    /// How many bytes of the answer's body were sent, before any encoding of the transfer; nil where nobody counted.
    public let bytes: Int?
    /// The time from the request's head to the last byte of the answer.
    public let duration: Duration
    /// Whether all of the answer was sent: not if the client left or a stream failed.
    public let isComplete: Bool
    /// What a handler or middleware has thrown that was no answer in itself.
    public let error: (any Error)?
}

/// A line for the operator.
public struct LogLine: Sendable, Hashable {
    /// How grave it is, by the names of OpenTelemetry's severities.
    public enum Severity: String, Sendable {
        /// Something to know.
        case info
        /// Something to look at.
        case warning
        /// A request could not be answered as it should be.
        case error
    }

    /// How grave it is.
    public let severity: Severity
    /// The line.
    public let message: String

    /// Makes a line.
    public init(_ message: String, severity: Severity = .warning) {
        self.message = message
        self.severity = severity
    }
}

/// A number with a name, such as how long an event loop was blocked.
public struct ObservedMeasurement: Sendable {
    /// The name, in OpenTelemetry's form: `whippet.event_loop.blocked`.
    public let name: String
    /// The value.
    public let value: Double
    /// The unit by UCUM: `s`, `By`, `{line}`.
    public let unit: String
    /// What it was measured at.
    public let attributes: [String: String]

    /// Makes a measurement.
    public init(_ name: String, _ value: Double, unit: String, attributes: [String: String] = [:]) {
        self.name = name
        self.value = value
        self.unit = unit
        self.attributes = attributes
    }
}
