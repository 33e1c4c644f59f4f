// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Why a connection ended before its request was answered.
enum ConnectionError: Error, CustomStringConvertible {
    /// The client closed its side or the whole connection.
    case clientLeft
    /// The client took too long to send its content or to take the answer.
    case timedOut
    /// The server is stopping and its deadline is over.
    case shutDown
    /// The request was answered; nothing more of its content is read.
    case requestEnded

    var description: String {
        switch self {
        case .clientLeft: "The client closed the connection."
        case .timedOut: "The client took too long."
        case .shutDown: "The server is shutting down."
        case .requestEnded: "The request has been answered; its body can't be read any more."
        }
    }
}
