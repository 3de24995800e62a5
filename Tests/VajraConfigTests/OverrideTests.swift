// SPDX-License-Identifier: Apache-2.0

import Testing
@testable import VajraConfig

/// What variables make of one config, and what is said about them.
struct OverrideCase: Sendable, CustomTestStringConvertible {
    let story: String
    let variables: [String: String]
    /// A part that the resolved config must have.
    var holds = ""
    /// The diagnostics, a line each.
    var says = ""

    var testDescription: String { story }

    static let all = [
        OverrideCase(
            story: "a number", variables: ["VAJRA_SCENARIOS_BROWSE_MAX_IN_FLIGHT": "200"],
            holds: "\"max_in_flight\":200"),
        OverrideCase(story: "the name", variables: ["VAJRA_NAME": "null"], holds: "\"name\":\"null\""),
        OverrideCase(
            story: "a scenario with - in its name, which is _ here",
            variables: ["VAJRA_SCENARIOS_LOG_IN_WHEN_SATURATED": "drop"], holds: "\"when_saturated\":\"drop\""),
        OverrideCase(
            story: "an item of a list", variables: ["VAJRA_SCENARIOS_BROWSE_LOAD_1_CONSTANT_RATE": "7/s"],
            holds: "{\"constant\":{\"rate\":\"7/s\",\"for\":\"1s\"}}"),
        OverrideCase(
            story: "what the file leaves out",
            variables: ["VAJRA_SNAPSHOTS_EVERY": "50ms", "VAJRA_SHUTDOWN_DRAIN": "9s"],
            holds: "\"snapshots\":{\"every\":\"50ms\"},\"shutdown\":{\"drain\":\"9s\"}"),
        OverrideCase(
            story: "a form in short, and with its details",
            variables: [
                "VAJRA_SCENARIOS_BROWSE_ARRIVALS_POISSON_SEED": "7", "VAJRA_SCENARIOS_LOG_IN_ARRIVALS": "even",
            ], holds: "\"arrivals\":{\"poisson\":{\"seed\":7}}"),
        OverrideCase(
            story: "a label, a header and a status in place of a list",
            variables: [
                "VAJRA_LABELS_TEAM_NAME": "x", "VAJRA_SCENARIOS_BROWSE_TASK_HTTP_HEADERS_X_KEY": "k",
                "VAJRA_SCENARIOS_BROWSE_TASK_HTTP_EXPECT_STATUS": "204",
            ],
            holds:
                "\"headers\":{\"X-Key\":\"k\"},\"seed\":1,\"redirects\":0,\"expect\":{\"status\":204}"
        ),
        OverrideCase(
            story: "another variable in a variable",
            variables: ["VAJRA_SCENARIOS_BROWSE_TASK_HTTP_URL": "http://${HOST:-h}/"], holds: "\"url\":\"http://h/\""),
        OverrideCase(
            story: "the tools' own variables, and those of others",
            variables: [
                "VAJRA_RUN_ID": "1", "VAJRA_SCENARIO": "s", "VAJRA_ITERATION": "1", "VAJRA_LOG": "x",
                "VAJRA_LOG_FILE": "x",
                "VAJRA_BIN_DIR": "x", "VAJRA_": "", "VAJRA_VERSION": "0.9", "VAJRA": "",
            ], holds: "\"name\":\"c\""),
        OverrideCase(
            story: "a wrong value", variables: ["VAJRA_SCENARIOS_BROWSE_MAX_IN_FLIGHT": "0"],
            says: "VAJRA_SCENARIOS_BROWSE_MAX_IN_FLIGHT: error: max_in_flight must be a whole number from 1 to "
                + "10000000, not '0' — write \"256\""),
        OverrideCase(
            story: "a wrong unit, and nothing",
            variables: ["VAJRA_SCENARIOS_BROWSE_LOAD_1_CONSTANT_FOR": "5  s", "VAJRA_SNAPSHOTS_EVERY": ""],
            says: """
                VAJRA_SCENARIOS_BROWSE_LOAD_1_CONSTANT_FOR: error: for '5  s': the number has no unit — \
                a length must be written like 250ms, 1m30s or 2h
                VAJRA_SNAPSHOTS_EVERY: error: every '': nothing is written — \
                a length must be written like 250ms, 1m30s or 2h
                """),
        OverrideCase(
            story: "a name that two paths share", variables: ["VAJRA_SCENARIOS_A_B_MAX_IN_FLIGHT": "1"],
            says: "VAJRA_SCENARIOS_A_B_MAX_IN_FLIGHT: error: it can stand for any of "
                + "'scenarios.a-b.max_in_flight', 'scenarios.a_b.max_in_flight' — unset it, or rename one of them"),
        OverrideCase(
            story: "mistakes in the name",
            variables: [
                "VAJRA_SCENARIO_BROWSE_MAX_INFLIGHT": "1", "VAJRA_SHUTDOWN_DRIAN": "1s",
                "VAJRA_SCENARIOS_BROWSER_TASK_HTTP_ULR": "x",
            ],
            says: """
                VAJRA_SCENARIOS_BROWSER_TASK_HTTP_ULR: warning: no value of this config has this name, so the variable \
                changes nothing — did you mean 'VAJRA_SCENARIOS_BROWSE_TASK_HTTP_URL'?
                VAJRA_SCENARIO_BROWSE_MAX_INFLIGHT: warning: no value of this config has this name, so the variable \
                changes nothing — did you mean 'VAJRA_SCENARIOS_BROWSE_MAX_IN_FLIGHT'?
                VAJRA_SHUTDOWN_DRIAN: warning: no value of this config has this name, so the variable \
                changes nothing — did you mean 'VAJRA_SHUTDOWN_DRAIN'?
                """),
        OverrideCase(
            story: "names that lead nowhere",
            variables: [
                "VAJRA_SNAPSHOTS_FOO": "1", "VAJRA_SCENARIOS_BROWSE_LOAD_9_PAUSE_FOR": "1s", "VAJRA_NAME_X": "",
            ],
            says: """
                VAJRA_NAME_X: warning: no value of this config has this name, so the variable changes nothing — \
                VAJRA_NAME has no parts
                VAJRA_SCENARIOS_BROWSE_LOAD_9_PAUSE_FOR: warning: no value of this config has this name, so the \
                variable changes nothing — did you mean 'VAJRA_SCENARIOS_BROWSE_LOAD_0_PAUSE_FOR'?
                VAJRA_SNAPSHOTS_FOO: warning: no value of this config has this name, so the variable changes nothing — \
                after VAJRA_SNAPSHOTS may follow: EVERY
                """),
    ]
}

struct OverrideTests {
    static let text = Array(
        """
        version: 1
        name: c
        labels: {team-name: payments}
        scenarios:
          browse:
            task: {http: {url: "http://h/", headers: {X-Key: [a, b]}, expect: {status: [200, 201]}}}
            load:
              - pause: {for: 1s}
              - constant: {rate: 1/s, for: 1s}
          log-in: {task: none, arrivals: poisson, load: [{constant: {rate: 1/s, for: 1s}}]}
          a-b: {task: none, load: [{constant: {rate: 1/s, for: 1s}}]}
          a_b: {task: none, load: [{constant: {rate: 1/s, for: 1s}}]}
        """.utf8)

    @Test(arguments: OverrideCase.all)
    func `variables change what their names say, or are complained about by name`(_ row: OverrideCase) {
        var reader = ConfigReader.forTests(row.variables)
        var json = ""
        var said: [Diagnostic] = []
        do throws(InvalidConfig) {
            json = String(decoding: try reader.read(Self.text, file: "c.yaml").json(), as: UTF8.self)
        } catch {
            said = error.diagnostics
        }
        #expect(row.holds.isEmpty || json.contains(row.holds), "\(json)")
        #expect((said + reader.warnings).map(\.description).joined(separator: "\n") == row.says)
    }

    @Test func `every value tells where it came from`() throws {
        var reader = ConfigReader.forTests([
            "VAJRA_SCENARIOS_BROWSE_LOAD_1_CONSTANT_RATE": "7/s", "VAJRA_SHUTDOWN_DRAIN": "1s",
        ])
        let config = try reader.read(Self.text, file: "c.yaml")
        var origins = reader.origins
        origins.set(ConfigPath("name"), by: "--name")
        let lines = config.explained(by: origins).map { "\($0.path) = \($0.value) (\($0.origin))" }
        for line in [
            "version = 1 (c.yaml:1:10)", "name = c (--name)", "labels.team-name = payments (c.yaml:3:21)",
            "scenarios.browse.task.http.url = http://h/ (c.yaml:6:24)",
            "scenarios.browse.task.http.method = GET (default)",
            "scenarios.browse.task.http.headers.X-Key[1] = b (c.yaml:6:58)",
            "scenarios.browse.load[0].pause.for = 1s (c.yaml:8:22)",
            "scenarios.browse.load[1].constant.rate = 7/s (VAJRA_SCENARIOS_BROWSE_LOAD_1_CONSTANT_RATE)",
            "scenarios.log-in.task = none (c.yaml:10:18)", "shutdown.drain = 1s (VAJRA_SHUTDOWN_DRAIN)",
            "snapshots.every = 1s (default)",
        ] {
            #expect(lines.contains(line), "\(lines.joined(separator: "\n"))")
        }
        #expect(
            lines.contains {
                $0.hasPrefix("scenarios.log-in.arrivals.poisson.seed = ") && $0.hasSuffix("(c.yaml:10:34)")
            })
        #expect(origins.place(of: ConfigPath("snapshots", "every")) == TextPlace(file: "c.yaml", line: 1, column: 1))
    }
}
