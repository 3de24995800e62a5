// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// `event`: something happened to the run, such as a phase that began, a stop that was asked for, a mark.
package struct EventLine: Sendable, Equatable {
    /// When it happened, microseconds since the Unix epoch.
    package var timeUnixMicroseconds: Int64
    /// What happened, as one word: `stopping`, `saturated`, `mark` …
    package var name: String
    package var attributes: [(String, String)]

    package init(timeUnixMicroseconds: Int64, name: String, attributes: [(String, String)] = []) {
        self.timeUnixMicroseconds = timeUnixMicroseconds
        self.name = name
        self.attributes = attributes
    }

    package static func == (left: EventLine, right: EventLine) -> Bool {
        left.timeUnixMicroseconds == right.timeUnixMicroseconds && left.name == right.name
            && left.attributes.elementsEqual(right.attributes) { $0 == $1 }
    }
}

extension EventLine {
    func encode(into writer: inout JSONWriter) {
        writer.field("time_unix_us", timeUnixMicroseconds)
        writer.field("name", name)
        writer.encodeAttributes(attributes)
    }

    init(decoding scanner: inout JSONScanner) throws(WireError) {
        self.init(timeUnixMicroseconds: 0, name: "")
        var required = RequiredFields("time_unix_us", "name")
        do throws(JSONError) {
            try scanner.readObject { (key: JSONKey, value: inout JSONScanner) throws(JSONError) in
                required.note(key)
                switch key {
                case "time_unix_us": timeUnixMicroseconds = try value.readAmount()
                case "name": name = try value.readString()
                case "attributes": attributes = try value.readAttributes()
                default: try value.skipValue()
                }
            }
        } catch {
            throw .json(error)
        }
        try required.check()
    }
}
