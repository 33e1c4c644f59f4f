// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import WhippetFetch
import WhippetJSON
import WhippetStreams

/// JSON Lines: wherever the chunks of a body end, the same values and the same error come; and they are those that each
/// line gives alone.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // The first three bytes say how long a line may be and where chunks end.
    guard count >= 3, let start else { return 0 }
    let limit = Int(start[0])
    let sizes = [Int(start[1]) % 17 + 1, Int(start[2]) % 61 + 1]
    let text = Array(UnsafeBufferPointer(start: start + 3, count: count - 3))
    let whole = read([text], limit)
    precondition(read(text.map { [$0] }, limit) == whole, "byte by byte gives something else")
    var pieces: [[UInt8]] = []
    var position = 0
    while position < text.count {
        let size = sizes[pieces.count % 2]
        pieces.append(Array(text[position..<min(text.count, position + size)]))
        // An empty chunk is no end.
        if pieces.count % 5 == 0 { pieces.append([]) }
        position += size
    }
    precondition(read(pieces, limit) == whole, "in pieces gives something else")
    precondition(model(text, limit) == whole, "the lines one by one give something else")
    return 0
}

/// The values that came, and the message of the error behind them.
private struct Outcome: Equatable, Sendable {
    var values: [JSON] = []
    var error: String?
}

/// Reads a body that comes in these chunks.
private func read(_ chunks: [[UInt8]], _ limit: Int) -> Outcome {
    let result = Box()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        var outcome = Outcome()
        let stream = ReadableStream<[UInt8]>(start: { controller in
            for chunk in chunks { try? controller.enqueue(chunk) }
            try? controller.close()
        })
        do {
            for try await value in stream.json(lines: JSON.self, lineLimit: limit) { outcome.values.append(value) }
        } catch {
            outcome.error = (error as? JSONError)?.message ?? "\(error)"
        }
        result.outcome = outcome
        done.signal()
    }
    done.wait()
    return result.outcome
}

// SAFETY: written before the semaphore is signalled, read after.
private final class Box: @unchecked Sendable {
    var outcome = Outcome()
}

/// What the format says, plainly: split at line feeds, pass over lines of white space.
private func model(_ text: [UInt8], _ limit: Int) -> Outcome {
    var outcome = Outcome()
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
        if line.count > limit {
            outcome.error = "line \(index + 1): longer than the limit of \(limit) bytes"
            return outcome
        }
        let content = index == 0 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
        if content.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
        do {
            outcome.values.append(try JSON.parse(Array(content)))
        } catch {
            outcome.error = "line \(index + 1): \((error as? JSONError)?.message ?? "")"
            return outcome
        }
    }
    return outcome
}
