// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetFetch
internal import WhippetServer

/// The first text that a route has sent, with its whole answer: most routes that send text send the same each time, and
/// its tag costs more than all else.
// SAFETY: the entry that is stored once is retained and stays until the route goes.
final class KeptText: @unchecked Sendable {
    final class Entry: Sendable {
        let text: String
        let response: Response

        init(text: String, response: Response) {
            self.text = text
            self.response = response
        }
    }

    /// Longer texts are not kept.
    private static let maximumLength = 4096

    /// `AtomicLazyReference` is not specialised: it would take some hundred instructions to load.
    private let kept = Atomic<Unmanaged<Entry>?>(nil)

    deinit {
        kept.load(ordering: .acquiring)?.release()
    }

    /// The answer with a text, nil if another text was the first.
    func entry(of text: String) -> Entry? {
        guard let entry = kept.load(ordering: .acquiring)?.takeUnretainedValue(), entry.text == text else { return nil }
        return entry
    }

    /// Keeps an answer, unless one was kept before.
    func keep(_ text: String, _ response: Response) {
        guard text.utf8.count <= Self.maximumLength, kept.load(ordering: .acquiring) == nil else { return }
        let entry = Unmanaged.passRetained(Entry(text: text, response: response.withReadyHead()))
        let (isStored, _) = kept.compareExchange(expected: nil, desired: entry, ordering: .acquiringAndReleasing)
        if !isStored { entry.release() }
    }
}
