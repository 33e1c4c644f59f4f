// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Field values with a structure: [RFC 9651](https://www.rfc-editor.org/rfc/rfc9651).
///
/// A field's definition says which of three things its value is; a parser is named for each:
///
///     let priority = try StructuredField.parseDictionary(["u=1, i"])
///     priority["u"]?.item?.value  // .integer(1)
///     try StructuredField.serialize(priority)  // "u=1, i"
package enum StructuredField {
    /// A single value: [RFC 9651 §3.3](https://www.rfc-editor.org/rfc/rfc9651#section-3.3).
    package enum BareItem: Hashable, Sendable {
        /// At most 15 digits.
        case integer(Int64)
        /// At most 12 digits before the point and three behind it.
        case decimal(Double)
        /// Printable ASCII.
        case string(String)
        case token(String)
        case bytes([UInt8])
        case boolean(Bool)
        /// Seconds since 1970-01-01T00:00:00Z.
        case date(Int64)
        /// Any text.
        case displayString(String)
    }

    /// What describes an item, list or member: names and values in their order.
    package typealias Parameters = Entries<BareItem>

    /// A list: its members in their order.
    package typealias List = [Member]

    /// A dictionary: names and members in their order.
    package typealias Dictionary = Entries<Member>

    /// A value and its parameters.
    package struct Item: Hashable, Sendable {
        package var value: BareItem
        package var parameters: Parameters

        package init(_ value: BareItem, parameters: Parameters = [:]) {
            self.value = value
            self.parameters = parameters
        }
    }

    /// A list within a list or dictionary.
    package struct InnerList: Hashable, Sendable {
        package var items: [Item]
        package var parameters: Parameters

        package init(_ items: [Item], parameters: Parameters = [:]) {
            self.items = items
            self.parameters = parameters
        }
    }

    /// A member of a list or dictionary.
    package enum Member: Hashable, Sendable {
        case item(Item)
        case innerList(InnerList)

        /// The item, nil if this is a list.
        package var item: Item? {
            if case .item(let item) = self { item } else { nil }
        }

        /// The inner list, nil if this is an item.
        package var innerList: InnerList? {
            if case .innerList(let list) = self { list } else { nil }
        }
    }

    /// Why a field value can't be read or written.
    package enum Failure: Error, Hashable {
        /// Something stands where nothing may, or nothing where something must.
        case unexpectedCharacter
        case invalidKey
        case invalidInteger
        case invalidDecimal
        case invalidString
        case invalidToken
        case invalidBytes
        case invalidBoolean
        case invalidDate
        case invalidDisplayString
        case unclosedInnerList
        case trailingComma
    }
}
