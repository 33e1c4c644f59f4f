// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
public import WhippetJSON

extension NextApiRequest {
    /// `true` in the draft mode, else nil.
    public var draftMode: Bool? { (try? WhippetApp.draftMode().isEnabled) == true ? true : nil }

    /// `true` in the draft mode, else nil.
    public var preview: Bool? { draftMode }

    /// The data that `res.setPreviewData` gave the client, an empty object if it gave none; `false` outside of the draft
    /// mode.
    public var previewData: JSON {
        guard draftMode == true else { return false }
        guard let text = try? WhippetApp.draftMode().companion(PreviewData.cookieName) else { return .object([:]) }
        return (try? JSON.parse(Array(text.utf8))) ?? .object([:])
    }
}
