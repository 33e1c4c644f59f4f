// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The functions of the system's libbrotlienc: [its header](https://brotli.org/encode.html).
struct BrotliEncoderLibrary: Sendable {
    typealias Create = @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    typealias SetParameter = @convention(c) (OpaquePointer, Int32, UInt32) -> Int32
    typealias Run =
        @convention(c) (
            OpaquePointer, Int32, UnsafeMutablePointer<Int>, UnsafeMutablePointer<UnsafePointer<UInt8>?>,
            UnsafeMutablePointer<Int>, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, UnsafeMutablePointer<Int>?
        ) -> Int32
    typealias Ask = @convention(c) (OpaquePointer) -> Int32
    typealias Destroy = @convention(c) (OpaquePointer) -> Void

    static let name = SystemLibrary.Name(
        "Brotli", linux: "libbrotlienc.so.1", darwin: "libbrotlienc.1.dylib",
        packages: "libbrotli1 (Debian, Ubuntu), brotli-libs (Alpine), brotli (Arch, Homebrew), libbrotli (Fedora)")
    private static let loaded = Result { () throws(MissingLibraryError) in try BrotliEncoderLibrary(name) }

    let create: Create
    let setParameter: SetParameter
    let run: Run
    let isFinished: Ask
    let destroy: Destroy

    init(_ name: SystemLibrary.Name) throws(MissingLibraryError) {
        let library = try SystemLibrary(name)
        create = try library.function("BrotliEncoderCreateInstance")
        setParameter = try library.function("BrotliEncoderSetParameter")
        run = try library.function("BrotliEncoderCompressStream")
        isFinished = try library.function("BrotliEncoderIsFinished")
        destroy = try library.function("BrotliEncoderDestroyInstance")
    }

    /// The library, loaded at the first call.
    static func load() throws(MissingLibraryError) -> BrotliEncoderLibrary {
        try loaded.get()
    }
}

/// The functions of the system's libbrotlidec: [its header](https://brotli.org/decode.html).
struct BrotliDecoderLibrary: Sendable {
    typealias Create = BrotliEncoderLibrary.Create
    typealias Run =
        @convention(c) (
            OpaquePointer, UnsafeMutablePointer<Int>, UnsafeMutablePointer<UnsafePointer<UInt8>?>,
            UnsafeMutablePointer<Int>, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, UnsafeMutablePointer<Int>?
        ) -> Int32
    typealias ErrorCode = @convention(c) (OpaquePointer) -> Int32
    typealias ErrorText = @convention(c) (Int32) -> UnsafePointer<CChar>?
    typealias Destroy = BrotliEncoderLibrary.Destroy

    static let name = SystemLibrary.Name(
        "Brotli", linux: "libbrotlidec.so.1", darwin: "libbrotlidec.1.dylib",
        packages: "libbrotli1 (Debian, Ubuntu), brotli-libs (Alpine), brotli (Arch, Homebrew), libbrotli (Fedora)")
    private static let loaded = Result { () throws(MissingLibraryError) in try BrotliDecoderLibrary(name) }

    let create: Create
    let run: Run
    let errorCode: ErrorCode
    let errorText: ErrorText
    let destroy: Destroy

    init(_ name: SystemLibrary.Name) throws(MissingLibraryError) {
        let library = try SystemLibrary(name)
        create = try library.function("BrotliDecoderCreateInstance")
        run = try library.function("BrotliDecoderDecompressStream")
        errorCode = try library.function("BrotliDecoderGetErrorCode")
        errorText = try library.function("BrotliDecoderErrorString")
        destroy = try library.function("BrotliDecoderDestroyInstance")
    }

    /// The library, loaded at the first call.
    static func load() throws(MissingLibraryError) -> BrotliDecoderLibrary {
        try loaded.get()
    }
}
