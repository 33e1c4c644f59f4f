// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension Tape {
    /// Makes the value at `index`; nested as deep as the scan allowed, 512 levels.
    func json(at index: UInt32) -> JSON {
        let entry = self[index]
        switch entry.kind {
        case .null: return .null
        case .false: return .bool(false)
        case .true: return .bool(true)
        case .signed: return .number(JSON.Number(storage: .signed(Int64(bitPattern: entry.payload))))
        case .unsigned: return .number(JSON.Number(storage: .unsigned(entry.payload)))
        case .double: return .number(JSON.Number(storage: .double(Double(bitPattern: entry.payload))))
        case .string, .escapedString: return .string(string(entry))
        case .array: return .array(elements(of: entry, at: index))
        case .object: return .object(object(of: entry, at: index))
        }
    }

    private func elements(of entry: TapeEntry, at index: UInt32) -> [JSON] {
        [JSON](unsafeUninitializedCapacity: entry.count) { elements, initialized in
            var child = index + 1
            while child < entry.end, initialized < elements.count {
                elements.initializeElement(at: initialized, to: json(at: child))
                initialized += 1
                child = next(after: child)
            }
        }
    }

    private func object(of entry: TapeEntry, at index: UInt32) -> JSON.Object {
        // Fast path: the scan has seen that all keys differ.
        if !entry.isIrregular, entry.count <= TapeScanner.comparedMembers {
            return JSON.Object(
                distinct: [JSON.Object.Element](unsafeUninitializedCapacity: entry.count) { members, initialized in
                    var key = index + 1
                    while key < entry.end, initialized < members.count {
                        members.initializeElement(at: initialized, to: (string(self[key]), json(at: key + 1)))
                        initialized += 1
                        key = next(after: key + 1)
                    }
                })
        }
        var object = JSON.Object(minimumCapacity: entry.count)
        var key = index + 1
        while key < entry.end {
            object[string(self[key])] = json(at: key + 1)
            key = next(after: key + 1)
        }
        return object
    }
}
