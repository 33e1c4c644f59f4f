// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension StructuredField {
    /// Values under names, in the order in which each name came first.
    package struct Entries<Value: Hashable & Sendable>: Hashable, Sendable, ExpressibleByDictionaryLiteral {
        /// A name and its value.
        package struct Entry: Hashable, Sendable {
            package let key: String
            package var value: Value
        }

        private var entries: [Entry] = []
        /// Where each name stands, once there are too many to look through: a hostile value must not cost a square.
        private var places: [String: Int]?

        private static var searchedCount: Int { 16 }

        package init() {}

        package init(dictionaryLiteral elements: (String, Value)...) {
            for (key, value) in elements { self[key] = value }
        }

        /// The value under a name; a new name comes last, one that is there keeps its place.
        package subscript(_ key: String) -> Value? {
            get { place(of: key).map { entries[$0].value } }
            set {
                switch (place(of: key), newValue) {
                case (let place?, let value?): entries[place].value = value
                case (nil, let value?): append(Entry(key: key, value: value))
                case (let place?, nil):
                    entries.remove(at: place)
                    indexPlaces()
                case (nil, nil): break
                }
            }
        }

        package static func == (left: Self, right: Self) -> Bool {
            left.entries == right.entries
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(entries)
        }

        private func place(of key: String) -> Int? {
            if let places { places[key] } else { entries.firstIndex { $0.key == key } }
        }

        private mutating func append(_ entry: Entry) {
            entries.append(entry)
            if places == nil {
                if entries.count > Self.searchedCount { indexPlaces() }
            } else {
                places?[entry.key] = entries.count - 1
            }
        }

        private mutating func indexPlaces() {
            places = nil
            guard entries.count > Self.searchedCount else { return }
            var places: [String: Int] = [:]
            for (place, entry) in entries.enumerated() { places[entry.key] = place }
            self.places = places
        }
    }
}

extension StructuredField.Entries: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { entries.count }

    package subscript(position: Int) -> Entry { entries[position] }
}
