// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetJSON

/// What few errors have, behind one reference.
package final class HTTPErrorDetails: Sendable {
    /// The reason phrase; empty for the usual one.
    package let statusText: String
    /// What the client is told under the name `data`.
    package let data: JSON?
    /// What the client is told beside the message.
    package let body: JSON.Object
    /// Whether the error was none for clients: they are told nothing but its status.
    package let isUnhandled: Bool

    /// Takes the details.
    package init(statusText: String, data: JSON?, body: JSON.Object, isUnhandled: Bool) {
        self.statusText = statusText
        self.data = data
        self.body = body
        self.isUnhandled = isUnhandled
    }
}
