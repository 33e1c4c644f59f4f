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
        var elements: [JSON] = []
        elements.reserveCapacity(entry.count)
        var child = index + 1
        while child < entry.end {
            elements.append(json(at: child))
            child = next(after: child)
        }
        return elements
    }

    private func object(of entry: TapeEntry, at index: UInt32) -> JSON.Object {
        var key = index + 1
        // Fast path: the scan has seen that all keys differ.
        if !entry.isIrregular, entry.count <= TapeScanner.comparedMembers {
            var members: [JSON.Object.Member] = []
            members.reserveCapacity(entry.count)
            while key < entry.end {
                members.append(JSON.Object.Member(key: string(self[key]), value: json(at: key + 1)))
                key = next(after: key + 1)
            }
            return JSON.Object(distinct: members)
        }
        var object = JSON.Object(minimumCapacity: entry.count)
        while key < entry.end {
            object[string(self[key])] = json(at: key + 1)
            key = next(after: key + 1)
        }
        return object
    }
}
