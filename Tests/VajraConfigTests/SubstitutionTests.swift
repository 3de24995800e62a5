// SPDX-License-Identifier: Apache-2.0

import Testing
@testable import VajraConfig

struct SubstitutionTests {
    private let environment = ["A": "x", "EMPTY": "", "NESTED": "${A}", "FULL": "{}: [#"]

    private func body(_ text: String) throws -> String {
        var reader = ConfigReader.forTests(environment)
        let quoted = text.replacing("'", with: "''")
        let config = try reader.read(
            Array(
                """
                version: 1
                name: c
                scenarios: {s: {task: {http: {url: http://h/, body: '\(quoted)'}}, load: {closed: {concurrency: 1, for: 1s}}}}
                """.utf8), file: "c")
        guard case .http(let http) = config.scenarios[0].task else { return "" }
        return http.body
    }

    @Test(arguments: [
        ("nothing", "nothing"), ("", ""), ("$", "$"), ("$A", "$A"), ("{A}", "{A}"), ("$$A", "$$A"), ("${A}", "x"),
        ("<${A}|${A}>", "<x|x>"), ("é${A}é", "éxé"), ("${EMPTY}", ""), ("${EMPTY:-d}", "d"), ("${A:-d}", "x"),
        ("${NOPE:-}", ""), ("${NOPE:-a b:-c}", "a b:-c"), ("${NOPE:-http://h:80}/p", "http://h:80/p"),
        ("$${A}", "${A}"), ("$$${A}", "$${A}"), ("$$$${A}", "$$${A}"), ("${A}$${A}", "x${A}"),
        ("${NESTED}", "${A}"), ("${FULL}", "{}: [#"), ("${file:secret}", "s3cr3t"), ("${file:windows}!", "s3cr3t!"),
        ("${file:empty}", ""),
    ])
    func `variables and files are put in once, and nothing else is touched`(_ row: (text: String, expected: String))
        throws
    {
        #expect(try body(row.text) == row.expected)
    }

    @Test(arguments: ["", "$", "${", "$${", "a$$${b}$", "$${$${", "{$}", "${A}${A}"])
    func `an escaped text stands for itself`(_ text: String) throws {
        #expect(try body(Substitution.escaped(text)) == text)
    }

    @Test func `what variables add is bounded, and told once`() {
        let big = String(repeating: "x", count: 1 << 20)
        var reader = ConfigReader.forTests(["BIG": big])
        let items = String(repeating: "\"${BIG}\",", count: 1000)
        let text =
            "version: 1\nname: c\nscenarios: {s: {task: {command: {argv: [\(items)]}}, load: {closed: {concurrency: 1, for: 1s}}}}"
        let error = #expect(throws: InvalidConfig.self) { try reader.read(Array(text.utf8), file: "c") }
        let messages = error?.diagnostics.map(\.message)
        #expect(messages == ["variables and files add more than 16 MiB to the config"])
    }
}
