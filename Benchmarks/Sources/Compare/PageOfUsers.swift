// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The JSON text that is sent in the scenarios d: 38 users, 10 KB.
enum PageOfUsers {
    static var text: String { #"{"total":38,"page":1,"users":["# + (0..<38).map(user).joined(separator: ",") + "]}" }

    private static func user(_ number: Int) -> String {
        let value = Double(number)
        let note = number % 2 == 0 ? "null" : #""A longer note with \"quotes\", number \#(number)""#
        return """
            {"id":\(1000 + number),"name":"User Number \(number)","email":"user\(number)@example.com",\
            "active":\(number % 3 != 0),"score":\(rounded(value * 12.75 + 0.1)),\
            "tags":["alpha","beta","tag-\(number)"],"address":{"street":"\(number) Main Street","city":"Springfield",\
            "zip":"\(10000 + number)","geo":{"lat":\(rounded(40 + value * 0.0137)),"lng":\(rounded(-73.5 - value * 0.0211))}},\
            "note":\(note)}
            """
    }

    /// With four digits behind the point at most.
    private static func rounded(_ value: Double) -> Double {
        (value * 10000).rounded() / 10000
    }
}
