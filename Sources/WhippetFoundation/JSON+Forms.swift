// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetJSON

/// How Foundation's types are read and written; the options of a call refer to it.
final class Forms: Sendable {
    let dates: JSON.DateStrategy
    let data: JSON.DataStrategy

    init(dates: JSON.DateStrategy = .iso8601, data: JSON.DataStrategy = .base64) {
        self.dates = dates
        self.data = data
    }

    private static let usual = Forms()

    /// The forms that options hold, the usual ones where they hold none.
    static func of(_ options: (any AnyObject & Sendable)?) -> Forms {
        options.flatMap { $0 as? Forms } ?? usual
    }
}

extension JSON.DecodingOptions {
    /// How a `Date` is read: as a string of ISO 8601, unless told otherwise.
    ///
    /// ```swift
    /// import Foundation
    /// import Whippet
    ///
    /// func date(_ body: [UInt8]) throws -> Date {
    ///     var options = JSON.DecodingOptions()
    ///     options.dates = .secondsSince1970
    ///     return try JSON.decode(Date.self, from: body, options: options)
    /// }
    /// ```
    public var dates: JSON.DateStrategy {
        get { Forms.of(forms).dates }
        set { forms = Forms(dates: newValue, data: data) }
    }

    /// How `Data` is read: as a string in Base 64, unless told otherwise.
    public var data: JSON.DataStrategy {
        get { Forms.of(forms).data }
        set { forms = Forms(dates: dates, data: newValue) }
    }
}

extension JSON.EncodingOptions {
    /// How a `Date` is written: as a string of ISO 8601, unless told otherwise.
    public var dates: JSON.DateStrategy {
        get { Forms.of(forms).dates }
        set { forms = Forms(dates: newValue, data: data) }
    }

    /// How `Data` is written: as a string in Base 64, unless told otherwise.
    public var data: JSON.DataStrategy {
        get { Forms.of(forms).data }
        set { forms = Forms(dates: dates, data: newValue) }
    }
}
