// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem
internal import WhippetInfra

/// The functions of the system's zlib: [its manual](https://zlib.net/manual.html).
struct ZlibLibrary: Sendable {
    typealias Stream = UnsafeMutablePointer<whippet_zlib_stream>
    typealias SetUpDeflate =
        @convention(c) (Stream, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>, Int32) -> Int32
    typealias SetUpInflate = @convention(c) (Stream, Int32, UnsafePointer<CChar>, Int32) -> Int32
    typealias Run = @convention(c) (Stream, Int32) -> Int32
    typealias End = @convention(c) (Stream) -> Int32

    static let name = SystemLibrary.Name(
        "zlib", linux: "libz.so.1", darwin: "/usr/lib/libz.1.dylib",
        packages: "zlib1g (Debian, Ubuntu), zlib (Alpine, Arch, Fedora)")
    private static let loaded = Result { () throws(MissingLibraryError) in try ZlibLibrary(name) }

    let setUpDeflate: SetUpDeflate
    let deflate: Run
    let endDeflate: End
    let resetDeflate: End
    let setUpInflate: SetUpInflate
    let inflate: Run
    let endInflate: End

    init(_ name: SystemLibrary.Name) throws(MissingLibraryError) {
        let library = try SystemLibrary(name)
        setUpDeflate = try library.function("deflateInit2_")
        deflate = try library.function("deflate")
        endDeflate = try library.function("deflateEnd")
        resetDeflate = try library.function("deflateReset")
        setUpInflate = try library.function("inflateInit2_")
        inflate = try library.function("inflate")
        endInflate = try library.function("inflateEnd")
    }

    /// The library, loaded at the first call.
    static func load() throws(MissingLibraryError) -> ZlibLibrary {
        try loaded.get()
    }

    /// How a stream's size and the version of zlib that we know are told to it: it looks at the first digit alone.
    static let version = "1"
    static let streamSize = Int32(MemoryLayout<whippet_zlib_stream>.size)
}

extension CompressionFormat {
    /// What zlib calls `windowBits`: the size of the window, and which wrapping goes around.
    var zlibWindow: Int32 { zlibWindow(bits: 15) }

    /// `windowBits` for a window of 2 to the power of `bits`, 9 to 15, bytes.
    func zlibWindow(bits: Int32) -> Int32 {
        switch self {
        case .gzip: bits + 16
        case .deflateRaw: -bits
        case .deflate, .brotli: bits
        }
    }
}
