// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra
internal import WhippetStreams
internal import WhippetURL

/// What the copies of a request have in common: the received head, or what the request was made of.
///
/// It is one reference where a struct would hold seven, and a request is copied more often than it is looked at. An
/// engine uses it again when nobody else refers to it any more. Exclusivity is not checked for its variables: each
/// access would cost as much as the rest of reading one.
// SAFETY: written only while nobody else refers to it: by the engine before a handler sees the request and after
// `isKnownUniquelyReferenced` has proved that nobody does any more, and by a `Request` that has found itself the only
// owner.
@usableFromInline package final class RequestContent: @unchecked Sendable {
    /// What `received` points to.
    @exclusivity(unchecked) private var head: MessageHead?
    /// The same head, for the engine to read into: valid as long as this object is, and no reference to count.
    package let receiving: Unmanaged<MessageHead>?
    /// The head's content, which stays where it is: reading it by way of `head` would count references.
    let receivedStorage: UnsafeMutablePointer<MessageHead.Storage>?
    /// The method; nil for that of the head.
    @exclusivity(unchecked) var method: HTTPMethod?
    /// The headers; nil for those of the head.
    @exclusivity(unchecked) var headers: Headers?
    /// The URL; nil for that of the head.
    @exclusivity(unchecked) var url: URL?
    @exclusivity(unchecked) var box: BodyBox?
    @exclusivity(unchecked) var bodyLimit: Int?
    /// Nil for a request that was made here.
    @exclusivity(unchecked) var client: ClientLink?
    @exclusivity(unchecked) var number: UInt64 = 0
    @exclusivity(unchecked) var details: RequestDetails?

    /// The content of a request with this head, by itself an empty one to receive into.
    package init(head: MessageHead? = MessageHead()) {
        self.head = head
        receiving = head.map { .passUnretained($0) }
        receivedStorage = head?.storage
    }

    /// The received head, of which method, headers and URL are made when somebody asks; nil for a request made here.
    package var received: MessageHead? { head }

    init(copying other: RequestContent) {
        head = other.head
        receiving = other.receiving
        receivedStorage = other.receivedStorage
        method = other.method
        headers = other.headers
        url = other.url
        box = other.box
        bodyLimit = other.bodyLimit
        client = other.client
        number = other.number
        details = other.details
    }

    // MARK: - For an engine

    /// The head is complete: who sent it, as which of its requests.
    package func begin(client: ClientLink, number: UInt64) {
        // Mostly the client of the request before.
        if self.client !== client { self.client = client }
        self.number = number
    }

    /// The body behind the head.
    package func take(_ body: Body) {
        box = body.box
        bodyLimit = body.limit
    }

    /// Makes ready for another request; false where somebody holds on to the head, or the head is unusually large.
    package func reset() -> Bool {
        guard isKnownUniquelyReferenced(&head), let head, head.capacity <= 4096 else { return false }
        head.removeAll()
        if box != nil {
            box = nil
            bodyLimit = nil
        }
        return true
    }
}
