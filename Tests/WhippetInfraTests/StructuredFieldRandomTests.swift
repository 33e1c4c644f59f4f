// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct StructuredFieldRandomTests {
    private static let pieces = [
        "a", "b*", "1", "-", ".5", "0", "\"", "\\", "\"x\"", ":", ":aGk=:", "?1", "?", "@1", "%\"a\"", "%c3", "(", ")",
        ";",
        ";p", "=", ",", ", ", " ", "\t", "é", "\0", "999999999999999", "()", "(a 1)", ";q=1.25",
    ]

    @Test("What is read is read again from its canonical form", arguments: [1, 2, 3, 4])
    func canonicalForm(seed: UInt64) throws {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var read = 0
        for _ in 0..<3000 {
            let text = (0..<next(8)).map { _ in Self.pieces[next(Self.pieces.count)] }.joined()
            if let item = try? StructuredField.parseItem([text]) {
                read += 1
                #expect(try StructuredField.parseItem([StructuredField.serialize(item)]) == item)
            }
            if let list = try? StructuredField.parseList([text]) {
                #expect(try StructuredField.parseList([StructuredField.serialize(list)]) == list)
            }
            if let dictionary = try? StructuredField.parseDictionary([text]) {
                #expect(try StructuredField.parseDictionary([StructuredField.serialize(dictionary)]) == dictionary)
            }
        }
        #expect(read > 100)
    }
}
