// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetJSON

/// What the tests of one file gave.
struct FileReport: Codable {
    /// How the file as a whole ended.
    enum Status: Codable, Equatable {
        case ok
        /// The harness ended with an error, though tests may have results.
        case error(String)
        /// There are no results.
        case crash(String)
    }

    /// One subtest.
    struct Test: Codable {
        let name: String
        let passed: Bool
        let message: String?
    }

    var status: Status
    var tests: [Test]

    /// Whether there are no results.
    var isCrash: Bool {
        if case .crash = status { true } else { false }
    }
}

extension FileReport {
    /// Reads what the reporter in the engine wrote: the harness's status and message, then name, status and message of
    /// each test.
    init(json: String) throws {
        let json = try JSON.parse(Array(json.utf8))
        let message = json["message"].stringValue ?? ""
        status = json["status"].intValue == 0 ? .ok : .error(message)
        tests = []
        for test in json["tests"].arrayValue ?? [] {
            tests.append(
                Test(
                    name: test[0].stringValue ?? "", passed: test[1].intValue == 0,
                    message: test[2].stringValue))
        }
    }
}
