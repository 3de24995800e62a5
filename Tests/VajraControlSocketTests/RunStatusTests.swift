// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON
import VajraControlSocket

@Suite struct RunStatusTests {
    private static var begun: RunStatus {
        var status = RunStatus(
            runID: "try-1", name: "checkout", source: "w1", tool: "vajra-gen", toolVersion: "0.1.0", host: "h", pid: 42,
            segment: "1/2", state: .running)
        status.startUnixMicroseconds = 1_700_000_000_000_000
        status.elapsed = 1_500_000_000
        status.plannedDuration = 6_000_000_000
        status.planTotal = 600
        var browse = RunStatus.Scenario(name: "browse", targetRate: 99.5)
        browse.counts.planned = 150
        browse.counts.started = 149
        browse.counts.completed = 140
        browse.counts.succeeded = 138
        browse.counts.failed = 2
        browse.counts.dropped = 1
        browse.counts.inFlight = 9
        browse.responseTime = RunStatus.Times(p50: 1000, p99: 2000, max: 3000)
        browse.serviceTime = RunStatus.Times(p50: 900, p99: 1900, max: 2900)
        browse.lag = RunStatus.Times(p50: 100, p99: 100, max: 100)
        status.scenarios = [browse, RunStatus.Scenario(name: "search")]
        return status
    }

    @Test func `a status reads back as it was`() throws {
        #expect(try RunStatus(parsing: Self.begun.json) == Self.begun)
    }

    @Test func `one that has not begun reads back too`() throws {
        let status = RunStatus(
            runID: "try-1", name: "c", source: "w1", tool: "t", toolVersion: "1", host: "h", pid: 1, segment: "1/1",
            state: .initializing)
        let read = try RunStatus(parsing: status.json)
        #expect(read == status)
        #expect(read.progress == nil)
    }

    @Test func `the total is the sum of the scenarios`() {
        var status = Self.begun
        status.scenarios.append(status.scenarios[0])
        #expect(status.total.planned == 300)
        #expect(status.total.inFlight == 18)
        #expect(status.total.dropped == 2)
    }

    @Test(arguments: [(0, 0.0), (1_500_000_000, 0.25), (6_000_000_000, 1.0), (9_000_000_000, 1.0), (-5, 0.0)])
    func `progress is the share of the plan's time, from 0 to 1`(elapsed: Int64, share: Double) {
        var status = Self.begun
        status.elapsed = elapsed
        #expect(status.progress == share)
    }

    @Test(arguments: [
        "[]", "{}", #"{"run_id":"a"}"#, #"{"run_id":1,"state":"running"}"#, #"{"run_id":"a","state":"flying"}"#,
    ])
    func `what is no status is a fault`(text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(throws: ControlFault.self) { try RunStatus(parsing: value) }
    }
}
