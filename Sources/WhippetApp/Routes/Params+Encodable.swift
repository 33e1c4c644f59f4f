// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension Params: Encodable {
    /// A name of a parameter.
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Writes an object: text for `[name]`, a list for `[...name]`; one that matched nothing is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (name, value) in pairs {
            switch value {
            case .segment(let text): try container.encode(text, forKey: Name(stringValue: name))
            case .segments(let list): try container.encode(list, forKey: Name(stringValue: name))
            case .absent: continue
            }
        }
    }
}
