// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetJSON

/// Values as chunks of JSON, one chunk for each as it comes.
struct JSONChunks<Base: AsyncSequence>: AsyncSequence where Base.Element: Encodable {
    typealias Element = [UInt8]

    /// What stands around the values.
    enum Layout {
        /// `[1,2]`.
        case array
        /// A line for each.
        case lines
    }

    let base: Base
    let layout: Layout
    let options: JSON.EncodingOptions

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), layout: layout, options: options)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        private enum State {
            case atStart
            case inside
            case ended
        }

        private var base: Base.AsyncIterator
        private let layout: Layout
        private var options: JSON.EncodingOptions
        private var state = State.atStart

        init(base: Base.AsyncIterator, layout: Layout, options: JSON.EncodingOptions) {
            self.base = base
            self.layout = layout
            self.options = options
            // A line has no line breaks.
            if layout == .lines { self.options.pretty = false }
        }

        mutating func next() async throws -> [UInt8]? {
            try await next(isolation: #isolation)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            if state == .ended { return nil }
            do {
                guard let value = try await base.next(isolation: actor) else { return end() }
                return try chunk(value)
            } catch {
                state = .ended
                throw error
            }
        }

        private mutating func chunk(_ value: Base.Element) throws -> [UInt8] {
            let text = try JSON.encode(value, options: options)
            switch layout {
            case .lines:
                return text + [0x0A]
            case .array:
                let separator = state == .atStart ? UInt8(ascii: "[") : UInt8(ascii: ",")
                state = .inside
                return [separator] + text
            }
        }

        private mutating func end() -> [UInt8]? {
            defer { state = .ended }
            switch layout {
            case .lines: return nil
            case .array: return Array(state == .atStart ? "[]".utf8 : "]".utf8)
            }
        }
    }
}

extension Body {
    /// A body of an array of JSON whose elements are written as the sequence brings them, as `application/json`.
    ///
    /// A value that can't be written, or an error of the sequence, breaks the body off: the client sees that it is not
    /// whole.
    public init<Values: AsyncSequence>(
        json values: sending Values, options: JSON.EncodingOptions = JSON.EncodingOptions()
    ) where Values.Element: Encodable {
        let chunks = JSONChunks(base: values, layout: .array, options: options)
        self.init(box: BodyBox(.sequence(AsyncSequenceBody(chunks))), type: .implicit(.json))
    }

    /// A body of [JSON Lines](https://jsonlines.org), a line for each value as the sequence brings it, as
    /// `application/x-ndjson`.
    ///
    /// A value that can't be written, or an error of the sequence, breaks the body off: the client sees that it is not
    /// whole.
    public init<Values: AsyncSequence>(
        jsonLines values: sending Values, options: JSON.EncodingOptions = JSON.EncodingOptions()
    ) where Values.Element: Encodable {
        let chunks = JSONChunks(base: values, layout: .lines, options: options)
        self.init(box: BodyBox(.sequence(AsyncSequenceBody(chunks))), type: .other("application/x-ndjson"))
    }
}

extension Response {
    /// Makes a response of an array of JSON whose elements are sent as the sequence brings them.
    ///
    /// ```swift
    /// func GET(_ request: Request, _ context: Context) -> Response {
    ///     Response.json(AsyncStream { numbers in
    ///         for number in 1...3 { numbers.yield(number) }
    ///         numbers.finish()
    ///     })
    /// }
    /// ```
    public static func json<Values: AsyncSequence>(
        _ values: sending Values, status: Status = .ok, headers: Headers = Headers()
    ) -> Response where Values.Element: Encodable {
        Response(Body(json: values), status: status, headers: headers)
    }

    /// Makes a response of JSON Lines: each value is sent as a line when the sequence brings it.
    public static func json<Values: AsyncSequence>(
        lines values: sending Values, status: Status = .ok, headers: Headers = Headers()
    ) -> Response where Values.Element: Encodable {
        Response(Body(jsonLines: values), status: status, headers: headers)
    }
}
