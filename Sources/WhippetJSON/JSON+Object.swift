// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The members of a JSON object, in the order in which their keys came.
    ///
    /// Two objects are equal where the same keys have equal values, in whatever order.
    public struct Object: Sendable, RandomAccessCollection, ExpressibleByDictionaryLiteral {
        /// A key and its value.
        public typealias Element = (key: String, value: JSON)

        /// Above this many members lookups go through an index instead of along the list.
        static let linearLimit = 32

        /// A member as it is stored: arrays of tuples are slow to make and to destroy.
        struct Member {
            var key: String
            var value: JSON
        }

        private(set) var members: [Member]
        /// Where each key is; nil while the list is short enough to walk.
        private var places: [String: Int]?

        /// An object without members.
        public init() {
            members = []
        }

        /// Keys and values in their order; of two equal keys the last one's value wins, at the first one's place.
        public init(_ members: some Sequence<(String, JSON)>) {
            self.init(minimumCapacity: members.underestimatedCount)
            for (key, value) in members { self[key] = value }
        }

        /// Keys and values in their order; of two equal keys the last one's value wins, at the first one's place.
        public init(dictionaryLiteral elements: (String, JSON)...) {
            self.init(elements)
        }

        /// An empty object with room for `minimumCapacity` members.
        init(minimumCapacity: Int) {
            members = []
            members.reserveCapacity(minimumCapacity)
        }

        /// Takes members whose keys are known to differ.
        init(distinct members: [Member]) {
            self.members = members
            if members.count > Self.linearLimit { makePlaces() }
        }

        /// The value under `key`, nil where there is none; setting nil removes the member.
        public subscript(key: String) -> JSON? {
            get { place(of: key).map { members[$0].value } }
            set {
                guard let newValue else {
                    removeValue(forKey: key)
                    return
                }
                if let place = place(of: key) {
                    members[place].value = newValue
                } else {
                    members.append(Member(key: key, value: newValue))
                    if places != nil {
                        places?[key] = members.count - 1
                    } else if members.count > Self.linearLimit {
                        makePlaces()
                    }
                }
            }
        }

        /// Removes the member under `key` and returns its value, nil where there is none.
        @discardableResult
        public mutating func removeValue(forKey key: String) -> JSON? {
            guard let place = place(of: key) else { return nil }
            let value = members.remove(at: place).value
            if places != nil {
                places = nil
                if members.count > Self.linearLimit { makePlaces() }
            }
            return value
        }

        /// The keys, in their order.
        public var keys: [String] { members.map(\.key) }

        /// The values, in the order of their keys.
        public var values: [JSON] { members.map(\.value) }

        // MARK: - Collection

        /// Always 0.
        public var startIndex: Int { 0 }
        /// The number of members.
        public var endIndex: Int { members.count }

        /// The member at `position`, which must be below `count`.
        public subscript(position: Int) -> Element { (members[position].key, members[position].value) }

        // MARK: - Lookup

        private func place(of key: String) -> Int? {
            if let places { return places[key] }
            return members.firstIndex { $0.key == key }
        }

        private mutating func makePlaces() {
            var places: [String: Int] = [:]
            places.reserveCapacity(members.count)
            for (place, member) in members.enumerated() { places[member.key] = place }
            self.places = places
        }
    }
}

extension JSON.Object: Hashable {
    /// Whether the same keys have equal values.
    public static func == (left: Self, right: Self) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
    }

    /// Feeds the members, independent of their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in self {
            var own = Hasher()
            own.combine(member.key)
            own.combine(member.value)
            sum = sum &+ own.finalize()
        }
        hasher.combine(count)
        hasher.combine(sum)
    }
}
