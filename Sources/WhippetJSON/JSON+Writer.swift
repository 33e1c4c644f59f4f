// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The place for a value in a JSON text that is being written: what `write(json:)` of a `JSONWritable` gets.
    ///
    /// It can be written to once, and not be kept: the language does not let a copy be made.
    public struct Writer: ~Copyable {
        // SAFETY: states are never freed (`EncodingPool`). A writer can't be copied, so it can't outlive the call that
        // lends it; the state is this call's alone until then.
        private let state: UnsafeMutablePointer<EncodingState>

        /// Starts a call of `JSON.write`, which must end it.
        @usableFromInline
        init(_ options: EncodingOptions) {
            state = EncodingPool.take()
            state.pointee.begin(options)
            state.pointee.isDue = true
        }

        /// Another place in the text that `writer` writes.
        init(_ writer: borrowing Writer) {
            state = writer.state
        }

        /// Ends the call.
        @usableFromInline
        consuming func end(_ options: EncodingOptions) throws -> [UInt8] {
            defer { EncodingPool.give(state) }
            if state.pointee.isDue, state.pointee.failure == nil { throw wroteNothing() }
            if let failure = state.pointee.failure { throw failure }
            return try options.layOut(state.pointee.finish())
        }

        /// What the options of the call hand to those who write.
        public var userInfo: [CodingUserInfoKey: Any] { state.pointee.userInfo }

        // MARK: - Values

        /// Writes a value of another type in this place.
        @inlinable
        public mutating func write<Value: JSONWritable>(_ value: Value) throws {
            try value.write(json: &self)
        }

        /// Writes a value by way of `Encodable`, for types that know no other.
        ///
        /// - Throws: `JSONError` where the value has no form in JSON; an error that `encode(to:)` threw passes as it is.
        public mutating func encode<Value: Encodable>(_ value: Value) throws {
            try begin()
            var options = EncodingOptions(
                keys: state.pointee.usesSnakeCase ? .snakeCase : .asWritten, nonFinite: state.pointee.nonFinite,
                userInfo: state.pointee.userInfo)
            options.forms = state.pointee.forms
            do {
                let depth = UInt32(truncatingIfNeeded: state.pointee.openCount)
                let bytes = try JSON.encode(value, options: options, depth: depth)
                bytes.withUnsafeBufferPointer { state.pointee.text.append($0) }
            } catch let error as JSONError {
                throw failed(JSONError(error, under: path))
            } catch {
                throw failed(error)
            }
        }

        /// Writes an object.
        ///
        /// - Parameter members: Writes the members, in their order.
        @inlinable
        public mutating func object(_ members: (inout ObjectWriter) throws -> Void) throws {
            var object = try ObjectWriter(in: &self)
            do {
                try members(&object)
            } catch {
                fail(error)
                throw error
            }
            try object.end()
        }

        /// Writes an array.
        ///
        /// ```swift
        /// struct Point: JSONWritable {
        ///     var x: Double
        ///     var y: Double
        ///
        ///     func write(json writer: inout JSON.Writer) throws {
        ///         try writer.array {
        ///             try $0.write(x)
        ///             try $0.write(y)
        ///         }
        ///     }
        /// }
        /// ```
        /// - Parameter elements: Writes the elements, in their order.
        @inlinable
        public mutating func array(_ elements: (inout ArrayWriter) throws -> Void) throws {
            var array = try ArrayWriter(in: &self)
            do {
                try elements(&array)
            } catch {
                fail(error)
                throw error
            }
            try array.end()
        }

        /// The error to throw for a value without a form in JSON.
        ///
        /// - Parameter reason: What is wrong, without the path, which is put in front: `is not a known currency`.
        public func error(_ reason: String) -> any Error {
            JSONError(kind: .notEncodable, path: path, reason: reason)
        }

        // MARK: - Scalars

        /// Starts the one value of this place.
        @inline(__always)
        func begin() throws {
            guard state.pointee.isDue else { throw misplaced() }
            state.pointee.isDue = false
        }

        @inline(__always)
        func write(_ append: (inout TextBuffer) -> Void) throws {
            try begin()
            append(&state.pointee.text)
        }

        func write(number value: Double) throws {
            try begin()
            if state.pointee.text.append(number: value, nonFinite: state.pointee.nonFinite) { return }
            throw failed(error("\(value) has no form in JSON"))
        }

        func write(number value: Float) throws {
            try begin()
            if state.pointee.text.append(number: value, nonFinite: state.pointee.nonFinite) { return }
            throw failed(error("\(value) has no form in JSON"))
        }

        func write(json: JSON) throws {
            try begin()
            if state.pointee.text.append(json: json, nonFinite: state.pointee.nonFinite) { return }
            throw failed(error("a number that is not finite has no form in JSON"))
        }

        // MARK: - Containers

        /// Opens an object or an array.
        func open(_ bracket: UInt8) throws {
            try begin()
            guard state.pointee.openCount < JSON.maximumDepth else {
                let reason = "arrays and objects are nested more than \(JSON.maximumDepth) deep"
                throw failed(JSONError(kind: .tooDeep, path: path, reason: reason))
            }
            state.pointee.openCount &+= 1
            state.pointee.text.append(bracket)
        }

        /// Closes an object or an array.
        func close(_ bracket: UInt8) throws {
            if state.pointee.isDue { throw wroteNothing() }
            state.pointee.openCount &-= 1
            state.pointee.text.append(bracket)
        }

        /// Starts a member.
        @inline(__always)
        func member(_ key: UnsafeBufferPointer<UInt8>, hasComma: Bool) throws {
            if state.pointee.isDue { throw wroteNothing() }
            state.pointee.isDue = true
            if state.pointee.usesSnakeCase {
                let key = SnakeCase.from(camelCase: String(decoding: key, as: UTF8.self))
                state.pointee.text.append(key: key, hasComma: hasComma)
            } else {
                state.pointee.text.append(key: key, hasComma: hasComma)
            }
        }

        /// Starts a member whose key is data, and so stays as it is.
        func member(_ key: String, hasComma: Bool) throws {
            if state.pointee.isDue { throw wroteNothing() }
            state.pointee.isDue = true
            state.pointee.text.append(key: key, hasComma: hasComma)
        }

        /// Starts an element.
        @inline(__always)
        func element(hasComma: Bool) throws {
            if state.pointee.isDue { throw wroteNothing() }
            state.pointee.isDue = true
            if hasComma { state.pointee.text.append(UInt8(ascii: ",")) }
        }

        // MARK: - Errors

        /// Makes the call fail; what went wrong first counts.
        @usableFromInline
        func fail(_ error: any Error) {
            if state.pointee.failure == nil { state.pointee.failure = error }
        }

        /// Makes the call fail, whatever becomes of the error that is thrown now.
        private func failed(_ error: any Error) -> any Error {
            fail(error)
            return error
        }

        private func misplaced() -> any Error {
            failed(JSONError(kind: .misuse, path: path, reason: "a second value was written in the place of one"))
        }

        private func wroteNothing() -> any Error {
            failed(JSONError(kind: .misuse, path: path, reason: "wrote no value"))
        }

        /// Where the text ends now, read from the text itself, so that nothing is noted while all goes well.
        private var path: String {
            let decoding = DecodingPool.take()
            defer { DecodingPool.give(decoding) }
            do {
                try decoding.pointee.begin(state.pointee.text.bytes, DecodingOptions())
            } catch let error as JSONError {
                return error.path
            } catch {}
            return ""
        }
    }
}
