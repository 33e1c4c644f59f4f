// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetCache

/// The files of a cache folder: what is read is what was written, bit for bit, and a file that grows is read as a whole
/// one is.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    checkEntry(bytes)
    checkEntry(CacheFiles.sealedEntry(bytes))
    if let head = CacheFiles.rewrittenInvalidationHead(bytes) {
        precondition(bytes.starts(with: head), "a head of invalidations reads as another one")
    }
    checkInvalidations(bytes)
    // Several records with checksums that fit: the first byte says how long each is.
    var sealed: [UInt8] = []
    var rest = bytes[...]
    while let length = rest.popFirst() {
        sealed += CacheFiles.sealedInvalidation(Array(rest.prefix(Int(length))))
        rest = rest.dropFirst(Int(length))
    }
    checkInvalidations(sealed)
    return 0
}

private func checkEntry(_ bytes: [UInt8]) {
    guard let rewritten = CacheFiles.rewrittenEntry(bytes) else { return }
    precondition(rewritten == bytes, "an entry reads as another one")
}

private func checkInvalidations(_ bytes: [UInt8]) {
    let whole = CacheFiles.invalidations(bytes, from: 0)
    precondition(Array(bytes[..<whole.end]) == whole.rewritten, "invalidations read as others")
    // As it grows, byte by byte, each time from where the records ended.
    var end = 0
    var rewritten: [UInt8] = []
    for length in 0...min(bytes.count, 200) {
        let part = CacheFiles.invalidations(Array(bytes[..<length]), from: end)
        if part.isDamaged { break }
        end = part.end
        rewritten += part.rewritten
    }
    precondition(whole.rewritten.starts(with: rewritten), "invalidations that grow read as others")
}
