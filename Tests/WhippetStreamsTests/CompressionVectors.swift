// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Testing
internal import WhippetStreams

/// Compressed bytes that Python's zlib or Node made.
struct CompressionVector: Sendable, CustomTestStringConvertible {
    let format: CompressionFormat
    let name: String
    let bytes: [UInt8]
    let plain: [UInt8]

    private init(_ format: CompressionFormat, _ name: String, _ base64: String, of plain: String = Self.text) {
        self.format = format
        self.name = name
        bytes = Data(base64Encoded: base64).map { [UInt8]($0) } ?? []
        self.plain = Array(plain.utf8)
    }

    var testDescription: String { "\(format.rawValue), \(name)" }

    private static let text = String(
        repeating: "Ein Windhund, kleiner als ein Greyhound: der Whippet läuft 56 km/h. ", count: 3)
    private typealias Vector = CompressionVector

    /// What is of the format.
    static let valid = [
        Vector(
            .deflateRaw, "of Python",
            "c83MUwjPzEvJKM1L0VHIzknNzEstUkjMKVYAshTci1IrM/KBUlYKKUDh8IzMgoLUEoWcw0tK00oUTM0UsnP1M/QUXAeNIQA="),
        Vector(
            .deflateRaw, "a stored block",
            "Ac8AMP9FaW4gV2luZGh1bmQsIGtsZWluZXIgYWxzIGVpbiBHcmV5aG91bmQ6IGRlciBXaGlwcGV0IGzDpHVmdCA1NiBrbS9oLiBFaW4gV2luZGh1bmQsIGtsZWluZXIgYWxzIGVpbiBHcmV5aG91bmQ6IGRlciBXaGlwcGV0IGzDpHVmdCA1NiBrbS9oLiBFaW4gV2luZGh1bmQsIGtsZWluZXIgYWxzIGVpbiBHcmV5aG91bmQ6IGRlciBXaGlwcGV0IGzDpHVmdCA1NiBrbS9oLiA="
        ),
        Vector(.deflateRaw, "nothing", "AwA=", of: ""),
        Vector(
            .deflate, "of Python",
            "eJxzzcxTCM/MS8kozUvRUcjOSc3MSy1SSMwpVgCyFNyLUisz8oFSVgopQOHwjMyCgtQShZzDS0rTShRMzRSyc/Uz9BRcB40hAArXSY0="),
        Vector(
            .deflate, "of Node",
            "eJxzzcxTCM/MS8kozUvRUcjOSc3MSy1SSMwpVkjNzFNwL0qtzMgvzUuxUkhJLVIIz8gsKEgtUcg5vKQ0rUTB1EwhO1c/Q0/BddAYAgAK10mN"
        ),
        Vector(.deflate, "nothing", "eJwDAAAAAAE=", of: ""),
        Vector(
            .gzip, "of Node",
            "H4sIAAAAAAAAA3PNzFMIz8xLySjNS9FRyM5JzcxLLVJIzClWSM3MU3AvSq3MyC/NS7FSSEktUgjPyCwoSC1RyDm8pDStRMHUTCE7Vz9DT8F10BgCAMr/JVvPAAAA"
        ),
        Vector(.gzip, "nothing", "H4sIAAAAAAACAwMAAAAAAAAAAAA=", of: ""),
        Vector(
            .gzip, "a header with everything",
            "H4sIHwAAAAAC/wYAYWICAGhpZG9nLnR4dABhIGNvbW1lbnQA63FzzcxTCM/MS8kozUvRUcjOSc3MSy1SSMwpVgCyFNyLUisz8oFSVgopQOHwjMyCgtQShZzDS0rTShRMzRSyc/Uz9BRcB40hAMr/JVvPAAAA"
        ),
        Vector(
            .brotli, "quality 11",
            "G84A+MWnv0n6zhu0vQvw8xyNaR5ZiQEKKgYVTTaBEOb8iAI+SJvkBhp2SJswb/I1+UxihJAbiLHLIg+E/zvVgaaFj7WpAA=="),
        Vector(
            .brotli, "quality 1",
            "C2cAAICqqqrq/3RluBuYncwOdjeww1HPBiBiIAIqJqYgpnKw291ON4MDuPiVplJEYwO4BIYbmzqKOkk6DajG6hw47AGrYw9+5U6nFcSBItoad9j/5dkxL6jXJCNGCwY="
        ),
        Vector(.brotli, "nothing", "Ow==", of: ""),
    ]

    /// What is not.
    static let invalid = [
        Vector(.gzip, "another magic", "H4wIAAAAAAAC/0utKEhNLklNUcgvLSkoLQEAsAE5sw8AAAA="),
        Vector(.gzip, "another method", "H4sHAAAAAAAC/0utKEhNLklNUcgvLSkoLQEAsAE5sw8AAAA="),
        Vector(.gzip, "a reserved flag", "H4sIIAAAAAAC/0utKEhNLklNUcgvLSkoLQEAsAE5sw8AAAA="),
        Vector(.gzip, "a wrong checksum of the header", "H4sIAgAAAAAC/zQSS60oSE0uSU1RyC8tKSgtAQCwATmzDwAAAA=="),
        Vector(.gzip, "a wrong CRC-32", "H4sIAAAAAAAC/0utKEhNLklNUcgvLSkoLQEAAQAAAA8AAAA="),
        Vector(.gzip, "a wrong length", "H4sIAAAAAAAC/0utKEhNLklNUcgvLSkoLQEAsAE5sxAAAAA="),
        Vector(.deflate, "another method", "d51LrShITS5JTVHILy0pKC0BADCtBiQ="),
        Vector(.deflate, "a wrong checksum of the header", "eJ1LrShITS5JTVHILy0pKC0BADCtBiQ="),
        Vector(.deflate, "a dictionary", "eLsAAAABS60oSE0uSU1RyC8tKSgtAQAwrQYk"),
        Vector(.deflate, "a wrong Adler-32", "eJxLrShITS5JTVHILy0pKC0BADCtBgA="),
        Vector(.deflate, "raw data", "S60oSE0uSU1RyC8tKSgtAQA="),
        Vector(.deflateRaw, "a reserved type of block", "B0utKEhNLklNUcgvLSkoLQEA"),
        Vector(.deflateRaw, "a distance before the start", "SwRiAA=="),
        Vector(.brotli, "a reserved window", "ERsOAPglAIoQQ6qUbqYQ"),
        Vector(.brotli, "gzip data", "H4sIAAAAAAAC/0utKEhNLklNUcgvLSkoLQEAsAE5sw8AAAA="),
        Vector(.gzip, "Brotli data", "Gw4A+CUAihBDqpRuphA="),
    ]
}
