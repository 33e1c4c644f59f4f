// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A perfect hash table from (parent, bytes) to a number: a lookup looks at one entry, however many there are.
///
/// Built by hash and displace: the low bits of a key's hash choose a bucket, the bucket's displacement changes the hash
/// so that its high bits choose a slot that no other key has. Found once at start, by trying.
struct PathIndex: Sendable {
    /// A key with its value.
    struct Key: Equatable {
        var parent: Int32
        var bytes: [UInt8]

        /// What a table of keys that is being built may find it by.
        var hash: UInt64 {
            bytes.withUnsafeBufferPointer { PathIndex.hash(parent: parent, $0, seed: 0) }
        }
    }

    /// One slot: where the key's bytes lie in `text`, and the value.
    ///
    /// An empty slot has a parent that no key has.
    private struct Slot: BitwiseCopyable {
        var parent: Int32 = -1
        var start: UInt32 = 0
        var count: UInt32 = 0
        var value: Int32 = -1
    }

    private let seed: UInt64
    private let displacements: FlatArray<UInt32>
    private let slots: FlatArray<Slot>
    private let text: FlatArray<UInt8>

    /// Builds the table; the keys must differ.
    init(_ entries: [(key: Key, value: Int32)]) {
        var seed: UInt64 = 0
        var capacity = Self.powerOfTwo(atLeast: entries.count + entries.count / 4)
        var placement = Self.place(entries, seed: seed, capacity: capacity)
        // Each round fails with a small probability only; the next one has another seed and, now and then, more room.
        while placement == nil {
            seed &+= 0x9E37_79B9_7F4A_7C15
            if seed & 3 == 0 { capacity *= 2 }
            placement = Self.place(entries, seed: seed, capacity: capacity)
        }
        var slots = Array(repeating: Slot(), count: capacity)
        var text: [UInt8] = []
        for (slot, owner) in (placement?.owners ?? []).enumerated() where owner >= 0 {
            let (key, value) = entries[owner]
            slots[slot] = Slot(
                parent: key.parent, start: UInt32(text.count), count: UInt32(key.bytes.count), value: value)
            text += key.bytes
        }
        self.seed = seed
        self.displacements = FlatArray(placement?.displacements ?? [0])
        self.slots = FlatArray(slots)
        self.text = FlatArray(text)
    }

    /// The value of a key, -1 if there is none.
    @inline(__always)
    func find(parent: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = Self.hash(parent: parent, bytes, seed: seed)
        let displacement = displacements[Int(truncatingIfNeeded: hash) & (displacements.count &- 1)]
        let slot = slots[Self.slot(hash, displacement) & (slots.count &- 1)]
        guard slot.parent == parent, Int(slot.count) == bytes.count, let start = bytes.baseAddress else { return -1 }
        let isFound = PathHash.equals(start, text.start + Int(slot.start), count: bytes.count)
        return isFound ? slot.value : -1
    }

    // MARK: - Algorithm

    @inline(__always)
    private static func hash(parent: Int32, _ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
        PathHash.hash(bytes, seed: seed ^ UInt64(truncatingIfNeeded: parent) &* 0xD1B5_4A32_D192_ED03)
    }

    @inline(__always)
    private static func slot(_ hash: UInt64, _ displacement: UInt32) -> Int {
        let moved = (hash ^ UInt64(displacement) &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: moved &>> 32)
    }

    /// Tries to give each key a slot of its own.
    private static func place(
        _ entries: [(key: Key, value: Int32)], seed: UInt64, capacity: Int
    ) -> (displacements: [UInt32], owners: [Int])? {
        let hashes = entries.map { entry in
            entry.key.bytes.withUnsafeBufferPointer { hash(parent: entry.key.parent, $0, seed: seed) }
        }
        let bucketCount = max(capacity / 4, 1)
        var buckets: [[Int]] = Array(repeating: [], count: bucketCount)
        for (index, hash) in hashes.enumerated() {
            buckets[Int(truncatingIfNeeded: hash) & (bucketCount - 1)].append(index)
        }
        var displacements: [UInt32] = Array(repeating: 0, count: bucketCount)
        var owners: [Int] = Array(repeating: -1, count: capacity)
        // The fullest buckets first, while most slots are free; hardly any has more than a dozen keys.
        var count = 0
        for bucket in buckets { count = max(count, bucket.count) }
        while count > 0 {
            for (index, bucket) in buckets.enumerated() where bucket.count == count {
                guard let displacement = displacement(for: bucket, hashes, &owners) else { return nil }
                displacements[index] = displacement
            }
            count -= 1
        }
        return (displacements, owners)
    }

    /// Finds a displacement that sends all keys of a bucket to free slots, and takes these.
    private static func displacement(for bucket: [Int], _ hashes: [UInt64], _ owners: inout [Int]) -> UInt32? {
        var taken: [Int] = []
        for displacement in 0..<UInt32(1 << 16) {
            taken.removeAll(keepingCapacity: true)
            for index in bucket {
                let slot = slot(hashes[index], displacement) & (owners.count - 1)
                guard owners[slot] < 0, !taken.contains(slot) else { break }
                taken.append(slot)
            }
            guard taken.count == bucket.count else { continue }
            for (index, slot) in zip(bucket, taken) { owners[slot] = index }
            return displacement
        }
        return nil
    }

    private static func powerOfTwo(atLeast count: Int) -> Int {
        var power = 1
        while power < count { power *= 2 }
        return power
    }
}
