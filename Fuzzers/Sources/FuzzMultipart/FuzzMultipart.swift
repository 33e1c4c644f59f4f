// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetFetch

/// A `multipart/form-data` body with the boundary `B`: pieces of any size read as the whole does, and what was read,
/// written and read again stays the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let body = Array(UnsafeBufferPointer(start: start, count: count))
    let limits = FormDataLimits(parts: 20, partHeaders: 200, partSize: 500, totalSize: 3000)
    let whole = MultipartForms.read(body, boundary: "B", pieceSize: .max, limits: limits)
    for size in [1, 2, 3, 7, 64] {
        let pieces = MultipartForms.read(body, boundary: "B", pieceSize: size, limits: limits)
        // The whole is over its limit before its first part is read.
        if body.count > 3000 {
            precondition(whole.parts.isEmpty && whole.problem != nil && pieces.problem != nil)
        } else {
            precondition(same(whole, pieces), "pieces of \(size) differ: \(whole) \(pieces)")
        }
    }
    precondition(whole.parts.reduce(0) { $0 + $1.body.count + $1.name.utf8.count / 3 } <= count, "more than there is")
    // A boundary that depends on the whole input, so that no input can hold its own.
    let hash = body.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    let boundary = "----\(String(hash, radix: 36))"
    let written = MultipartForms.write(whole.parts, boundary: boundary)
    let again = MultipartForms.read(written, boundary: boundary, pieceSize: 100, limits: FormDataLimits())
    precondition(again.problem == nil, "what was written can't be read: \(again.problem ?? "")")
    precondition(again.parts.count == whole.parts.count, "another number of parts")
    precondition(MultipartForms.write(again.parts, boundary: boundary) == written, "written again it differs")
    for (first, second) in zip(whole.parts, again.parts) where first.filename != nil {
        precondition(first.body == second.body && first.filename == second.filename, "a file that changed")
    }
    return 0
}

private func same(
    _ left: (parts: [MultipartForms.Part], problem: String?), _ right: (parts: [MultipartForms.Part], problem: String?)
) -> Bool {
    left.parts == right.parts && left.problem == right.problem
}
