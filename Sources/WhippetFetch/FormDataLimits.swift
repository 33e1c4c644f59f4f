// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// How much a `multipart/form-data` body may hold; going over one is a 413.
///
/// The defaults let large uploads through a stream and keep everything bounded. What is read into memory is bounded by
/// `request.bodyLimit` as well.
public struct FormDataLimits: Sendable, Hashable {
    /// How many parts there may be; 1,000 unless said otherwise.
    public var parts: Int
    /// How many bytes the headers of a part may have; 16 KiB unless said otherwise.
    public var partHeaders: Int
    /// How many bytes the body of a part may have; 4 GiB unless said otherwise, nil for no limit.
    public var partSize: Int?
    /// How many bytes there may be in all; 8 GiB unless said otherwise, nil for no limit.
    public var totalSize: Int?

    /// Makes limits; each has the usual default.
    public init(
        parts: Int = 1000, partHeaders: Int = 16 * 1024, partSize: Int? = 4 << 30, totalSize: Int? = 8 << 30
    ) {
        self.parts = parts
        self.partHeaders = partHeaders
        self.partSize = partSize
        self.totalSize = totalSize
    }

    /// The limits for a body that is in memory already, of which nobody asked for limits.
    static let none = FormDataLimits(parts: .max, partHeaders: .max, partSize: nil, totalSize: nil)
}
