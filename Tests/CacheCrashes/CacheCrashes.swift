// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetCache
import WhippetFetch

/// What `Scripts/check-cache-crashes` kills, starves of room, and starts twice.
///
/// - `write FOLDER`: writes entries and invalidates them until it is killed; says which invalidations were done.
/// - `check FOLDER`: reads all entries and says what is wrong with them; the invalidations come on standard input.
/// - `answer FOLDER SECONDS`: answers requests from the folder for so long and says how many answers were wrong.
/// - `misses FOLDER RUNS`: 500 requests at once for an entry that is not there; each run adds a byte to the file RUNS.
/// - `serve FOLDER GENERATION`: an application that keeps its answers in the folder, served over HTTP.
@main
enum CacheCrashes {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst() + ["", "", ""]
        let folder = arguments[2]
        switch arguments[1] {
        case "write": try await Writer(folder).run()
        case "check": try await Checker(folder).run()
        case "answer": try await Answers(folder).run(seconds: Int(arguments[3]) ?? 1)
        case "misses": try await Misses(folder, runs: arguments[3]).run()
        case "serve": try await Service(folder, generation: Int(arguments[3]) ?? 1).run()
        default: print("usage: CacheCrashes write|check|answer|misses|serve FOLDER …")
        }
    }

    /// Milliseconds since 1970.
    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}

/// The entries that are written: each says whose it is, and is otherwise of one pattern, so that any part of another
/// one shows.
struct Pattern {
    static let count = 32

    static func key(_ number: Int) -> CacheKey { CacheKey(route: "/[n]", path: "/\(number)") }

    static func tag(_ number: Int) -> CacheTag { .tag("t\(number)") }

    /// An entry whose run began after a moment.
    static func entry(_ number: Int, made: Int64, size: Int) -> CacheEntry {
        CacheEntry(
            headers: ["x-number": "\(number)"], body: body(number, made, size), made: made, revalidate: nil,
            tags: key(number).tags + [tag(number)])
    }

    /// Whether an entry is, in each byte, one that was written for the key.
    static func isWhole(_ entry: CacheEntry, _ number: Int) -> Bool {
        guard let end = entry.body.firstIndex(of: 0x0A) else { return false }
        let words = String(decoding: entry.body[..<end], as: UTF8.self).split(separator: " ").compactMap { Int64($0) }
        guard words.count == 3, entry.headers["x-number"] == "\(number)", 0...1_000_000 ~= words[2] else {
            return false
        }
        return entry.body == body(number, entry.made, Int(words[2]))
    }

    private static func body(_ number: Int, _ made: Int64, _ size: Int) -> [UInt8] {
        var body = Array("\(number) \(made) \(size)\n".utf8)
        let end = body.count + size
        let first = Int64(number) &* 31 &+ made &* 7
        let block = (0..<509).map { UInt8(truncatingIfNeeded: first &+ $0 &* 3) }
        while body.count < end { body.append(contentsOf: block.prefix(end - body.count)) }
        return body
    }
}

/// Writes and invalidates until it is killed.
struct Writer {
    let store: FolderStore

    init(_ folder: String) { store = FolderStore(folder) }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try await write() } }
            try await group.waitForAll()
        }
    }

    private func write() async throws {
        while true {
            let number = Int.random(in: 0..<Pattern.count)
            let epoch = try await store.epoch()
            let made = CacheCrashes.now
            let size = Int.random(in: 0...9) == 0 ? Int.random(in: 0...400_000) : Int.random(in: 0...4000)
            _ = try await store.write(
                Pattern.entry(number, made: made, size: size), for: Pattern.key(number), since: epoch)
            if Int.random(in: 0..<20) == 0 {
                let began = CacheCrashes.now
                try await store.invalidate([Pattern.tag(number)], .immediate)
                try FileHandle.standardOutput.write(contentsOf: Data("\(number) \(began)\n".utf8))
            }
        }
    }
}

/// Looks at what is there after writers were killed.
struct Checker {
    let store: FolderStore
    let folder: String

    init(_ folder: String) {
        self.folder = folder
        store = FolderStore(folder)
    }

    func run() async throws {
        // The latest invalidation of each key that was said to be done: no run that began before it may be served.
        var invalidated: [Int: Int64] = [:]
        while let line = readLine() {
            let words = line.split(separator: " ").compactMap { Int64($0) }
            guard words.count == 2 else { continue }
            invalidated[Int(words[0])] = max(invalidated[Int(words[0])] ?? 0, words[1])
        }
        var (found, wrong, old) = (0, 0, 0)
        for number in 0..<Pattern.count {
            guard let cached = try await store.read(Pattern.key(number)) else { continue }
            found += 1
            if !Pattern.isWhole(cached.entry, number) { wrong += 1 }
            if cached.entry.made < invalidated[number] ?? 0 { old += 1 }
        }
        await store.tidied()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let leftovers = names.filter { $0.hasSuffix(".tmp") }.count
        // The folder can be written and invalidated on.
        var stuck = 0
        for number in 0..<Pattern.count {
            let entry = Pattern.entry(number, made: CacheCrashes.now, size: 10)
            let isWritten = try await store.write(entry, for: Pattern.key(number), since: store.epoch())
            let isRead = try await FolderStore(folder).read(Pattern.key(number))?.entry.made == entry.made
            if !isWritten || !isRead { stuck += 1 }
        }
        print("found \(found) corrupt \(wrong) invalidated \(old) leftovers \(leftovers) stuck \(stuck)")
    }
}

/// Requests for entries, answered from the store or by a run.
struct Answers {
    let store: FolderStore
    init(_ folder: String) { store = FolderStore(folder) }

    func run(seconds: Int) async throws {
        let end = CacheCrashes.now + Int64(seconds) * 1000
        var (answers, wrong, kept) = (0, 0, 0)
        var generation: Int64 = CacheCrashes.now
        while CacheCrashes.now < end {
            let now = generation
            for wave in [0..<60, 60..<200] {
                for (isRight, isKept) in try await self.answers(to: wave, now) {
                    answers += 1
                    if !isRight { wrong += 1 }
                    if isKept { kept += 1 }
                }
            }
            // From now on only new answers are right.
            generation += 1
            try await store.invalidate((0..<60).map { Pattern.tag($0) }, .immediate)
        }
        print("answers \(answers) wrong \(wrong) hits \(kept)")
    }

    private func answers(to requests: Range<Int>, _ generation: Int64) async throws -> [(Bool, Bool)] {
        try await withThrowingTaskGroup(of: (Bool, Bool).self) { group in
            for request in requests { group.addTask { try await answer(request % 60, generation) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Whether the answer to a request is right, and whether it was kept.
    private func answer(_ number: Int, _ generation: Int64) async throws -> (Bool, Bool) {
        let key = Pattern.key(number)
        if let cached = try await store.read(key) {
            return (Pattern.isWhole(cached.entry, number) && cached.entry.made == generation, true)
        }
        let lease = try await store.lease(key, for: 30, at: CacheCrashes.now / 1000)
        let epoch = try await store.epoch()
        _ = try await store.write(Pattern.entry(number, made: generation, size: 45_000), for: key, since: epoch)
        if let lease { try await store.release(lease, of: key) }
        return (true, false)
    }
}

/// Many requests at once for an entry that is not there.
struct Misses {
    let store: FolderStore
    let runs: String

    init(_ folder: String, runs: String) {
        store = FolderStore(folder)
        self.runs = runs
    }

    func run() async throws {
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<500 { group.addTask { try await answer() } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        print("answers \(right)")
    }

    private func answer() async throws -> Bool {
        let key = Pattern.key(0)
        while true {
            if let cached = try await store.read(key) { return Pattern.isWhole(cached.entry, 0) }
            guard let lease = try await store.lease(key, for: 30, at: CacheCrashes.now / 1000) else {
                try await Task.sleep(for: .milliseconds(10))
                continue
            }
            // Somebody may have made it between the look and the lease.
            if try await store.read(key) == nil {
                let descriptor = open(runs, O_WRONLY | O_CREAT | O_APPEND, 0o600)
                _ = write(descriptor, "x", 1)
                close(descriptor)
                let epoch = try await store.epoch()
                try await Task.sleep(for: .milliseconds(100))
                _ = try await store.write(Pattern.entry(0, made: CacheCrashes.now, size: 1000), for: key, since: epoch)
            }
            try await store.release(lease, of: key)
        }
    }
}
