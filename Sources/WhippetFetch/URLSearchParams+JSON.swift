// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetJSON
package import WhippetURL

extension URLSearchParams {
    /// The parameters as an object: text for a name that came once, an array for one that came more often.
    package var object: JSON.Object {
        var places: [String: Int] = [:]
        var members: [(String, JSON)] = []
        for (name, value) in self {
            guard let place = places[name] else {
                places[name] = members.count
                members.append((name, JSON(value)))
                continue
            }
            switch members[place].1 {
            case .array(var list):
                // The list leaves its place, so that it grows where it lies.
                members[place].1 = .null
                list.append(JSON(value))
                members[place].1 = .array(list)
            case let first:
                members[place].1 = .array([first, JSON(value)])
            }
        }
        return JSON.Object(members)
    }
}
