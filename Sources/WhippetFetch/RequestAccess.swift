// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Notes that code has looked at what differs from one client's request to the next: an answer that was made of it is
/// not for everybody.
package final class RequestAccess: Sendable {
    private let noted = Locked<String?>(nil)

    package init() {}

    /// Notes what was looked at; the first counts.
    package func note(_ what: String) {
        noted.withLock { if $0 == nil { $0 = what } }
    }

    /// What was looked at first, such as `request.headers`; nil for nothing.
    package var first: String? { noted.withLock { $0 } }
}

/// Fields that tell when somebody looks at them.
final class ObservedFields: Sendable {
    private let fields: [Headers.Field]
    private let access: RequestAccess

    init(_ fields: [Headers.Field], _ access: RequestAccess) {
        self.fields = fields
        self.access = access
    }

    /// The fields, and a note that they were looked at.
    var noted: [Headers.Field] {
        access.note("request.headers")
        return fields
    }
}
