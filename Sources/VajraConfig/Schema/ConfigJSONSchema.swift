// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// The config format as a JSON Schema, for editors and other tools: `docs/schema/config-1.schema.json`.
package enum ConfigJSONSchema {
    /// The schema's text, indented, with a line break at its end: the same bytes each time.
    package static func text() -> String { document.indented() + "\n" }

    private static var document: JSONValue {
        guard case .object(let run) = RunSchema.run.shape.jsonSchema else { return .null }
        return .object(
            [
                ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
                ("$id", .string("urn:vajrapulse:config-1")),
                ("title", .string("VajraPulse run config, version 1")),
                (
                    "description",
                    .string(
                        "Made by 'vajra-ctl schema'. What passes here may still be refused: 'vajra-ctl validate' has the last word."
                    )
                ),
            ] + run + [("$defs", .object(definitions))])
    }

    private static let number = "[0-9]+(\\.[0-9]+)?"

    /// Parts from the longest unit to the shortest; only the last may have a fraction.
    private static let length: String = {
        let parts = ["h", "m", "s", "ms", "[u\\u00B5\\u03BC]s", "ns"].map { "(\(number)\($0))?" }.joined()
        return "(?![0-9a-z\\u00B5\\u03BC]*\\.[0-9]+[a-z\\u00B5\\u03BC]+[0-9])(?=[0-9])\(parts)"
    }()

    private static let definitions: [(String, JSONValue)] = [
        (
            "substituted",
            schema(
                "A text with variables or files: ${NAME}, ${NAME:-DEFAULT} or ${file:PATH}.",
                [("type", .string("string")), ("pattern", .string("\\$\\{"))])
        ),
        ("rate", rate("An arrival rate, such as 500/s, 10k/s or 30/m.", [("minimum", .int(0))], notZero: "")),
        (
            "positive_rate",
            rate(
                "An arrival rate above 0, such as 500/s, 10k/s or 30/m.", [("exclusiveMinimum", .int(0))],
                notZero: above0)
        ),
        ("length", length("A length of time, such as 250ms, 1m30s or 2h.", notZero: "")),
        ("positive_length", length("A length of time above 0, such as 250ms, 1m30s or 2h.", notZero: above0)),
    ]

    /// Looks ahead for a digit above 0 in the number or numbers that come before any `/`.
    private static let above0 = "(?=[^/]*[1-9])"

    private static func rate(_ about: String, _ limits: [(String, JSONValue)], notZero: String) -> JSONValue {
        let period = "(h|m|s|ms|[u\\u00B5\\u03BC]s|ns|\(above0)\(length))"
        return schema(
            about,
            [
                (
                    "anyOf",
                    .array([
                        .object([("type", .string("number"))] + limits + [("maximum", .int(1_000_000_000))]),
                        .object([
                            ("type", .string("string")),
                            ("pattern", .string("^\(notZero)\(number)[kMG]?(/\(period))?$")),
                        ]),
                        ConfigShape.substituted,
                    ])
                )
            ])
    }

    private static func length(_ about: String, notZero: String) -> JSONValue {
        schema(
            about,
            [
                (
                    "anyOf",
                    .array([
                        .object([("type", .string("string")), ("pattern", .string("^\(notZero)\(length)$"))]),
                        ConfigShape.substituted,
                    ])
                )
            ])
    }

    private static func schema(_ about: String, _ members: [(String, JSONValue)]) -> JSONValue {
        .object([("description", .string(about))] + members)
    }
}
