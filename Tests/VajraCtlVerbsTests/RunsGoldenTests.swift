// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraControlSocket
@testable import VajraCtlVerbs
import VajraTestSupport

/// How runs that go on are told, to the byte.
@Suite struct RunsGoldenTests {
    private static let golden = Golden("Golden")

    private static let waiting = RunStatus(
        runID: "01937c2e-0000-7000-8000-000000000001", name: "search", source: "h-7", tool: "vajra-gen",
        toolVersion: "1.0.0", host: "h", pid: 7, segment: "1/1", state: .initializing)

    private static var going: RunStatus {
        var status = RunStatus(
            runID: "try-1", name: "checkout", source: "h-4321", tool: "vajra-gen", toolVersion: "1.0.0", host: "h",
            pid: 4321, segment: "2/5", state: .tearingDown)
        status.startUnixMicroseconds = 1_700_000_000_000_000
        status.elapsed = 75_000_000_000
        status.plannedDuration = 150_000_000_000
        var browse = RunStatus.Scenario(name: "browse", targetRate: 10_000)
        browse.counts.planned = 750_000
        browse.counts.started = 749_990
        browse.counts.completed = 749_900
        browse.counts.failed = 12
        browse.counts.inFlight = 90
        browse.counts.dropped = 10
        browse.responseTime = RunStatus.Times(p50: 412_000, p99: 4_810_000, max: 62_400_000)
        browse.serviceTime = RunStatus.Times(p50: 391_000, p99: 4_100_000, max: 61_100_000)
        browse.lag = RunStatus.Times(p50: 12_000, p99: 110_000, max: 3_410_000)
        status.scenarios = [browse, RunStatus.Scenario(name: "a\u{1B}[31m red one")]
        return status
    }

    @Test func `the list of runs is just the golden one`() throws {
        try Self.golden.check(Array(RunTable.text(of: [Self.going, Self.waiting]).utf8), "runs-list.txt")
    }

    @Test func `the status of a run is just the golden one`() throws {
        let text = StatusText.text(of: Self.going) + "\n" + StatusText.text(of: Self.waiting)
        try Self.golden.check(Array(text.utf8), "runs-status.txt")
    }
}
