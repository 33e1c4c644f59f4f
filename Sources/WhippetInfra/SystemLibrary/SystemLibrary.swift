// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A library of the system, loaded while the program runs; it stays for as long as the program does.
///
/// Load each once, look its functions up once, and keep both in a `static let`.
// SAFETY: the handle is only handed to `dlsym`, which any thread may call.
package struct SystemLibrary: @unchecked Sendable {
    /// Which library it is, and how to get it.
    package struct Name: Sendable {
        let library: String
        let file: String
        let packages: String

        /// Names a library.
        ///
        /// - Parameters:
        ///   - library: What people call it, such as `zlib`.
        ///   - linux: Its file on Linux, such as `libz.so.1`: the name with the version that programs link to.
        ///   - darwin: Its file on Apple's systems.
        ///   - packages: What to install, by system.
        package init(_ library: String, linux: String, darwin: String, packages: String) {
            self.library = library
            #if canImport(Darwin)
            file = darwin
            #else
            file = linux
            #endif
            self.packages = packages
        }

        var missing: MissingLibraryError {
            MissingLibraryError("\(library): \(file) can't be loaded; install \(packages)")
        }
    }

    private let name: Name
    private let handle: UnsafeMutableRawPointer

    /// Loads a library.
    package init(_ name: Name) throws(MissingLibraryError) {
        guard let handle = dlopen(name.file, RTLD_NOW | RTLD_LOCAL) else { throw name.missing }
        self.name = name
        self.handle = handle
    }

    /// Looks a function up, which must be of this C type: nothing checks that.
    package func function<Function>(
        _ symbol: String, as type: Function.Type = Function.self
    )
        throws(MissingLibraryError) -> Function
    {
        guard let address = dlsym(handle, symbol) else {
            throw MissingLibraryError("\(name.library): \(name.file) has no \(symbol); install \(name.packages)")
        }
        // SAFETY: the caller names the type that the library's header gives; a C function is its address.
        return unsafeBitCast(address, to: type)
    }
}
