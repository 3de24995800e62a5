// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraReport

@Suite struct LivePlanTests {
    private func plan(_ config: String) -> LivePlan { LivePlan(config: Array(config.utf8)) }

    private static let config = #"""
        {"shutdown": {"drain": "250ms"}, "scenarios": {"a": {"start": "10s", "load": [
            {"ramp": {"from": "0/s", "to": "100/s", "for": "1m"}}, {"pause": {"for": "5s"}}, {"constant": {"rate": "100/s", "for": "10s"}}]},
          "b": {"load": [{"constant": {"rate": "5/s", "for": "10s"}}]}, "c": {"load": {"closed": {"concurrency": 3}}}}}
        """#

    @Test(arguments: [
        (0, 1, "ramp 0/s to 100/s", 0), (10, 1, "ramp 0/s to 100/s", 0), (40, 1, "ramp 0/s to 100/s", 30),
        (70, 2, "pause", 0), (74, 2, "pause", 4), (75, 3, "constant 100/s", 0), (85, 3, "constant 100/s", 10),
        (1000, 3, "constant 100/s", 10),
    ])
    func `a plan of several phases is always in one of them`(seconds: Int64, number: Int, text: String, over: Int64) {
        let phase = plan(Self.config).phase(of: "a", at: seconds * 1_000_000_000)
        #expect(phase?.number == number && phase?.count == 3)
        #expect(phase?.text == text)
        #expect(phase?.elapsed == over * 1_000_000_000)
    }

    @Test func `other plans have no phases to tell, and the drain is told`() {
        for scenario in ["b", "c", "d"] { #expect(plan(Self.config).phase(of: scenario, at: 0) == nil) }
        #expect(plan(Self.config).drain == 250_000_000)
    }

    @Test(arguments: [
        "", "{", "[]", "{}", #"{"scenarios": {"a": 1}, "shutdown": {"drain": 3}}"#,
        #"{"scenarios": {"a": {"load": [{"ramp": {}}, {"pause": {"for": "5s"}}]}}, "shutdown": {"drain": "soon"}}"#,
    ])
    func `what cannot be read is not told`(config: String) {
        #expect(plan(config).phase(of: "a", at: 0) == nil)
        #expect(plan(config).drain == nil)
    }
}
