// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraLifecycle

@Suite struct FailureKindTests {
    @Test(arguments: [
        ("timeout", "timeout"), ("sold_out_2", "sold_out_2"), ("_", "_"),
        (String(repeating: "x", count: 64), String(repeating: "x", count: 64)),
    ])
    func `a plain word is kept`(name: String, expected: String) {
        #expect(FailureKind(rawValue: name).rawValue == expected)
    }

    @Test(arguments: [
        ("", "unnamed"), ("Sold Out", "sold_out"), ("HTTP/500", "http_500"), ("a\nb\"c", "a_b_c"), ("-", "_"),
        (String(repeating: "x", count: 65), String(repeating: "x", count: 64)),
        (String(repeating: "é", count: 100), String(repeating: "_", count: 64)),
    ])
    func `anything else becomes a word that reports can count by`(name: String, expected: String) {
        #expect(FailureKind(rawValue: name).rawValue == expected)
    }

    @Test func `two spellings of one word are one kind`() {
        #expect(FailureKind(rawValue: "Time Out") == "time_out")
        #expect(Set<FailureKind>(["Time Out", "time out", "time_out"]).count == 1)
    }

    @Test func `the built-in kinds are plain words, and differ`() {
        let kinds: [FailureKind] = [
            .thrown, .timeout, .connectTimeout, .refused, .unreachable, .dns, .reset, .closed, .shortBody,
            .malformedResponse, .status, .body, .header, .addressExhausted, .fileLimit, .memoryLimit,
            .processLimit, .network, .spawn, .exitStatus, .signalled, .processDied, .protocolError,
        ]
        #expect(Set(kinds).count == kinds.count)
        for kind in kinds { #expect(FailureKind(rawValue: kind.rawValue).rawValue == kind.rawValue) }
    }
}

@Suite struct OutcomeTests {
    @Test func `a success has no failure, and what the task said of it`() {
        let outcome = Outcome.success(status: .code(200), bytesSent: 78, bytesReceived: 5120)
        #expect(outcome.failure == nil)
        #expect(outcome.status == .code(200))
        #expect(outcome.bytesSent == 78 && outcome.bytesReceived == 5120)
        #expect(Outcome.success.status == nil && Outcome.success.bytesSent == 0)
    }

    @Test func `a failure has its kind, code and message`() {
        let outcome = Outcome.failure(.status, status: .text("declined"), message: "no funds")
        #expect(outcome.failure == .status)
        #expect(outcome.status == .text("declined"))
        #expect(outcome.message == "no funds")
    }
}

@Suite struct TaskSetupTests {
    private let setup = TaskSetup(
        scenario: ScenarioContext(runID: "r", scenario: "browse", lane: 3), lane: 3, laneCount: 4,
        parameters: ["api": "http://x", "empty": ""])

    @Test func `a parameter that was given is found, also an empty one`() throws {
        #expect(try setup.parameter("api") == "http://x")
        #expect(try setup.parameter("empty") == "")
        #expect(setup.parameter("empty", default: "d") == "")
        #expect(setup.scenario.taskID == "browse/3")
    }

    @Test func `a missing parameter is an error that says how to give it`() {
        let error = #expect(throws: TaskSetup.MissingParameter.self) { try setup.parameter("pool") }
        #expect(error?.description == "the task needs the parameter 'pool': give --set pool=VALUE")
        #expect(setup.parameter("pool", default: "5") == "5")
    }
}
