// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetFetch

/// The first text that a route has sent, with its whole answer: most routes that send text send the same each time, and
/// its tag costs more than all else.
final class KeptText: Sendable {
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

    private let kept = AtomicLazyReference<Entry>()

    /// The answer with a text, nil if another text was the first.
    func response(of text: String) -> Response? {
        guard let entry = kept.load(), entry.text == text else { return nil }
        return entry.response
    }

    /// Keeps an answer, unless one was kept before.
    func keep(_ text: String, _ response: Response) {
        guard text.utf8.count <= Self.maximumLength, kept.load() == nil else { return }
        _ = kept.storeIfNil(Entry(text: text, response: response))
    }
}
