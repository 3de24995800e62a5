// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// Tracks which required fields of a line have come.
struct RequiredFields {
    private var missing: [StaticString]

    init(_ names: StaticString...) {
        missing = names
    }

    /// Notes a field that has come.
    mutating func note(_ key: JSONKey) {
        guard !missing.isEmpty, let place = missing.firstIndex(where: { key == $0 }) else { return }
        missing.remove(at: place)
    }

    /// Throws when a required field is missing.
    func check() throws(WireError) {
        if let first = missing.first { throw .missing("\(first)") }
    }
}
