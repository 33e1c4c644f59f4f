// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetServer

extension ServerConfiguration {
    /// The configuration with two minutes for each time limit that is left at its default: where many tests run at
    /// once, a client's task can wait for its turn longer than a server on the open web waits for a client.
    package var patient: ServerConfiguration {
        let defaults = Timeouts()
        let minutes: Int64 = 120_000
        var patient = self
        if timeouts.head == defaults.head { patient.timeouts.head = minutes }
        if timeouts.keepAlive == defaults.keepAlive { patient.timeouts.keepAlive = minutes }
        if timeouts.content == defaults.content { patient.timeouts.content = minutes }
        if timeouts.write == defaults.write { patient.timeouts.write = minutes }
        // On a busy machine a turn may take its time, and nobody blocked it.
        if watchdog == .milliseconds(100) { patient.watchdog = nil }
        return patient
    }
}
