// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1

@Suite("MessageError")
struct MessageErrorTests {
    @Test("each rule has a sentence of its own and a status for the client's or the server's fault")
    func sentences() {
        var seen: Set<String> = []
        for error in MessageError.allCases {
            #expect(error.sentence.hasSuffix("."))
            #expect(seen.insert(error.sentence).inserted)
            #expect([400, 414, 417, 431, 501, 505].contains(error.status))
        }
    }

    @Test(
        "rules that are not about form have statuses of their own",
        arguments: [
            (.targetTooLong, 414), (.unsupportedExpectation, 417), (.fieldBlockTooLarge, 431), (.tooManyFields, 431),
            (.trailersTooLarge, 431), (.methodTooLong, 501), (.unsupportedTransferCoding, 501),
            (.unsupportedVersion, 505), (.missingHost, 400), (.bareLineFeed, 400),
        ] as [(MessageError, UInt16)])
    func status(_ error: MessageError, _ status: UInt16) {
        #expect(error.status == status)
    }
}
