// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetURL

// Forms and queries as types: a name is a property; one that repeats fills a list.

extension FormData {
    /// Decodes the entries into a type.
    ///
    /// A name that repeats fills an array. An optional is nil for an input that was left empty, unless it is text. `Bool`
    /// takes `on`, `true`, `yes`, `1` and no text at all, and is false where the entry is absent: a box that is not
    /// ticked sends nothing. Files are `File` or `Blob`.
    /// ```swift
    /// struct Signup: Decodable { var name: String; var age: Int?; var news: Bool; var photo: File? }
    /// let form: FormData = ["name": "Ada", "news": "on"]
    /// let signup = try form.decode(as: Signup.self)
    /// ```
    /// - Throws: `FormError` with the field and what is wrong with it; an error of another type that `init(from:)` threw
    ///   passes as it is.
    public func decode<Value: Decodable>(as type: Value.Type) throws -> Value {
        try FormDecoder.decode(type, from: self)
    }
}

extension URLSearchParams {
    /// Decodes the pairs into a type, as `FormData.decode(as:)` does.
    ///
    /// - Throws: `FormError` with the name and what is wrong with its value; an error of another type that `init(from:)`
    ///   threw passes as it is.
    public func decode<Value: Decodable>(as type: Value.Type) throws -> Value {
        try FormDecoder.decode(type, from: lazy.map { (name: $0.name, value: FormData.Value($0.value)) })
    }
}

extension Request {
    /// Reads the body as a form of a type.
    ///
    /// ```swift
    /// struct Signup: Decodable { var name: String; var age: Int?; var news: Bool }
    /// let signup = try await request.formData(as: Signup.self)
    /// ```
    /// - Throws: As `formData()`; `HTTPError` 400 if the form is not that type: the message names the field, as in
    ///   `age: expected a whole number, found "old"`.
    public func formData<Value: Decodable>(
        as type: Value.Type, limits: FormDataLimits = FormDataLimits()
    ) async throws -> Value {
        let form = try await formData(limits: limits)
        do {
            return try form.decode(as: type)
        } catch let error as FormError {
            throw HTTPError.badRequest("\(error)")
        }
    }

    /// Reads the query of the URL as a type.
    ///
    /// ```swift
    /// struct Search: Decodable { var q: String; var page: Int?; var tag: [String] }
    /// let search = try request.searchParams(as: Search.self)
    /// ```
    /// - Throws: `HTTPError` 400 if the query is not that type: the message names the parameter, as in
    ///   `page: expected a whole number, found "x"`.
    public func searchParams<Value: Decodable>(as type: Value.Type) throws -> Value {
        do {
            return try url.searchParams.decode(as: type)
        } catch let error as FormError {
            throw HTTPError.badRequest("\(error)")
        }
    }
}

extension Response {
    /// Reads the body as a form of a type.
    ///
    /// - Throws: As `formData()`; `FormError` if the form is not that type.
    public func formData<Value: Decodable>(as type: Value.Type) async throws -> Value {
        try await formData().decode(as: type)
    }
}

extension File: Decodable {
    /// Takes the file of a form's field; nothing else has one.
    ///
    /// - Throws: `FormError` if the field has text; `DecodingError` for anything but a form.
    public init(from decoder: any Decoder) throws {
        guard let field = decoder as? FormField else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "only a form brings files"))
        }
        self = try field.file()
    }
}

extension Blob: Decodable {
    /// Takes the bytes of a file of a form's field; nothing else has one.
    ///
    /// - Throws: `FormError` if the field has text; `DecodingError` for anything but a form.
    public init(from decoder: any Decoder) throws {
        self = try File(from: decoder).blob
    }
}
