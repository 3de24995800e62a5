// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraWire

@testable import VajraAggregate

/// Each threshold of a grade, on both of its sides.
@Suite struct HonestyTests {
    /// A second of `planned` arrivals, all of one response, service and pacing lag, but for one that was noticed `latest`
    /// after its time.
    private static func figures(
        planned: UInt64 = 100_000, started: UInt64? = nil, unnoticed: UInt64? = nil, loadTime: Int64 = 1_000_000_000,
        response: UInt64 = 1_000_000, service: UInt64? = nil, pacing: UInt64 = 0, latest: UInt64 = 0,
        lag: [UInt64: UInt64] = [:], failures: [String: UInt64] = [:], isOpen: Bool = true
    ) -> ScenarioFigures {
        var figures = ScenarioFigures()
        let started = started ?? planned
        figures.metrics.counts.planned = planned
        figures.metrics.counts.started = started
        for (kind, count) in failures { figures.metrics.counts.failures.add(kind, count) }
        figures.metrics.responseTime.record(response, count: started)
        figures.metrics.serviceTime.record(service ?? response - min(pacing, response), count: started)
        let noticed = planned - (unnoticed ?? planned - min(planned, started))
        figures.metrics.pacingLag.record(pacing, count: noticed > 0 ? noticed - 1 : 0)
        figures.metrics.pacingLag.record(max(pacing, latest), count: min(1, noticed))
        for (value, count) in lag { figures.metrics.lag.record(value, count: count) }
        figures.loadTime = loadTime
        figures.plannedTime = 1_000_000_000
        figures.maxInFlight = 64
        figures.isOpen = isOpen
        return figures
    }

    /// Over a second in which a microsecond counts as one, so that a row's figures are parts in a million.
    private static func health(
        cpu: Int64 = 0, wait: Int64 = 0, blocked: Int64 = 0, dropped: UInt64 = 0, elapsed: Int64 = 1_000_000
    ) -> Health {
        var health = Health()
        health.elapsed = elapsed * 1000
        health.busiestLaneCPU = cpu * 1000
        health.processorWait = wait * 1000
        health.outputBlocked = blocked * 1000
        health.logsDropped = dropped
        return health
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let story: String
        let grade: Honesty.Grade
        var figures: ScenarioFigures = HonestyTests.figures()
        var health: Health = HonestyTests.health()
        var testDescription: String { story }
    }

    /// The last of the arrivals was so late, and the load as much longer.
    private static func late(_ nanoseconds: UInt64) -> ScenarioFigures {
        figures(loadTime: 1_000_000_000 + Int64(nanoseconds), latest: nanoseconds)
    }

    static let rows: [Row] = [
        Row(story: "everything as planned", grade: .a),
        Row(story: "1 of 100 000 never started", grade: .b, figures: figures(started: 99_999)),
        Row(story: "1 of 10 000 never started", grade: .b, figures: figures(started: 99_990)),
        Row(story: "11 of 100 000 never started", grade: .c, figures: figures(started: 99_989)),
        Row(story: "1 of 100 never started", grade: .c, figures: figures(started: 99_000)),
        Row(story: "more than 1 of 100 never started", grade: .d, figures: figures(started: 98_999)),
        Row(story: "the last was 0.19 % late", grade: .a, figures: late(1_900_000)),
        Row(story: "the last was 0.3 % late", grade: .b, figures: late(3_000_000)),
        Row(story: "the last was 0.9 % late", grade: .b, figures: late(9_000_000)),
        Row(story: "the last was 1.1 % late", grade: .c, figures: late(11_000_000)),
        Row(story: "the last was 5.2 % late", grade: .c, figures: late(52_000_000)),
        Row(story: "the last was 5.5 % late", grade: .d, figures: late(55_000_000)),
        Row(story: "more started than planned", grade: .c, figures: figures(started: 102_000)),
        Row(
            story: "a closed load has no plan to miss", grade: .a,
            figures: figures(started: 1, loadTime: 9_000_000_000, pacing: 3_600_000_000_000, isOpen: false)),
        Row(story: "nothing was planned", grade: .a, figures: figures(planned: 0)),

        Row(
            story: "the load took 5.5 % longer, and no arrival was noticed late", grade: .a,
            figures: figures(loadTime: 1_055_000_000)),
        Row(
            story: "half found no place, though all were noticed", grade: .c,
            figures: figures(started: 50_000, unnoticed: 0)),
        Row(story: "1 of 10 000 found no place", grade: .b, figures: figures(started: 99_990, unnoticed: 0)),
        Row(
            story: "half found no place, on a lane with no time left", grade: .d,
            figures: figures(started: 50_000, unnoticed: 0), health: health(cpu: 950_000)),
        Row(
            story: "half found no place, and the generator was late", grade: .d,
            figures: figures(started: 50_000, unnoticed: 0, response: 1_000_000_000, pacing: 20_050_000)),
        Row(
            story: "half found no place, for most of the time without a processor", grade: .d,
            figures: figures(started: 50_000, unnoticed: 0), health: health(wait: 500_001)),

        Row(story: "generator lag of 5 ms", grade: .a, figures: figures(response: 1_000_000_000, pacing: 4_990_000)),
        Row(story: "of just above 5 ms", grade: .b, figures: figures(response: 1_000_000_000, pacing: 5_010_000)),
        Row(story: "of 20 ms", grade: .b, figures: figures(response: 1_000_000_000, pacing: 19_980_000)),
        Row(story: "of just above 20 ms", grade: .c, figures: figures(response: 1_000_000_000, pacing: 20_050_000)),
        Row(
            story: "of 21 ms, a quarter of the response", grade: .c,
            figures: figures(response: 84_500_000, pacing: 21_000_000)),
        Row(
            story: "of 21 ms, more than a quarter", grade: .d,
            figures: figures(response: 83_500_000, pacing: 21_000_000)),
        Row(
            story: "of 19 ms, all of the response", grade: .c,
            figures: figures(response: 19_000_000, pacing: 19_000_000)),
        Row(story: "4.9 % of the response", grade: .a, figures: figures(pacing: 49_000)),
        Row(story: "5.1 % of the response", grade: .b, figures: figures(pacing: 51_000)),
        Row(story: "9.9 % of the response", grade: .b, figures: figures(pacing: 99_000)),
        Row(story: "10.2 % of the response", grade: .c, figures: figures(pacing: 102_000)),
        Row(story: "half of a response of 60 µs", grade: .c, figures: figures(response: 60_000, pacing: 30_000)),
        Row(
            story: "late, and the service time is the response time all the same", grade: .a,
            figures: figures(service: 1_000_000, pacing: 500_000)),

        Row(
            story: "1 of 10 000 failed for want of descriptors", grade: .b,
            figures: figures(failures: ["file_limit": 10])),
        Row(story: "1 of 100 did", grade: .c, figures: figures(failures: ["file_limit": 1000])),
        Row(story: "more than 1 of 100", grade: .d, figures: figures(failures: ["file_limit": 1001])),
        Row(story: "for want of ports", grade: .d, figures: figures(failures: ["address_exhausted": 2000])),
        Row(story: "for want of memory", grade: .d, figures: figures(failures: ["memory_limit": 2000])),
        Row(story: "for want of processes", grade: .d, figures: figures(failures: ["process_limit": 2000])),
        Row(
            story: "some for one, some for another", grade: .d,
            figures: figures(failures: ["file_limit": 600, "process_limit": 600])),
        Row(story: "in the closed model", grade: .d, figures: figures(failures: ["file_limit": 2000], isOpen: false)),
        Row(
            story: "failures of the target", grade: .a, figures: figures(failures: ["refused": 2000, "timeout": 9000])),

        Row(story: "one arrival in fifty waited", grade: .a, figures: figures(lag: [0: 98, 50_000_000: 2])),
        Row(story: "most arrivals waited for slow answers", grade: .a, figures: figures(lag: [0: 40, 50_000_000: 60])),
        Row(
            story: "most arrivals waited for a slow generator", grade: .c,
            figures: figures(lag: [0: 40, 50_000_000: 60]), health: health(cpu: 950_000)),

        Row(story: "a lane at 79 %", grade: .a, health: health(cpu: 799_999)),
        Row(story: "a lane at 80 %", grade: .b, health: health(cpu: 800_000)),
        Row(story: "a lane at 94 %", grade: .b, health: health(cpu: 949_999)),
        Row(story: "a lane at 95 %", grade: .c, health: health(cpu: 950_000)),
        Row(story: "a lane waited 10 % of the time", grade: .a, health: health(wait: 100_000)),
        Row(story: "a lane waited more", grade: .b, health: health(wait: 100_001)),
        Row(story: "a lane waited 25 %", grade: .b, health: health(wait: 250_000)),
        Row(story: "a lane waited more than that", grade: .c, health: health(wait: 250_001)),
        Row(story: "a lane waited half of the time", grade: .c, health: health(wait: 500_000)),
        Row(story: "a lane waited most of the time", grade: .d, health: health(wait: 500_001)),
        Row(story: "health of no time says nothing", grade: .a, health: health(cpu: 5, wait: 5, elapsed: 0)),
        Row(story: "output blocked all of the time", grade: .a, health: health(blocked: 1_000_000)),
        Row(story: "a log line left out", grade: .b, health: health(dropped: 1)),
    ]

    @Test(arguments: rows)
    func `the grade is the worst that any check gives`(row: Row) {
        let honesty = Honesty(scenarios: [("browse", row.figures)], health: [row.health])
        #expect(honesty.grade == row.grade, "\(honesty.reasons)")
        #expect(!honesty.reasons.isEmpty)
    }

    @Test func `the reason for the grade comes first`() {
        let bad = Self.figures(started: 50_000)
        let honesty = Honesty(scenarios: [("good", Self.figures()), ("bad", bad)], health: [Self.health(cpu: 850_000)])
        #expect(honesty.grade == .d)
        #expect(honesty.reasons.first?.hasPrefix("bad: 50000 of 100000 never started, drift −50 %: ") == true)
        #expect(honesty.reasons[1].hasPrefix("busiest lane used 85 % of a processor: "))
    }

    @Test func `a drift that costs the grade says why`() {
        let honesty = Honesty(scenarios: [("a", Self.late(55_000_000))], health: [])
        #expect(
            honesty.reasons.first?.hasPrefix(
                "a: every planned iteration started, drift −5.2 %: the generator was too slow") == true)
    }

    @Test func `one bad source among many is enough`() {
        let health = Array(repeating: Self.health(), count: 9) + [Self.health(cpu: 990_000)]
        #expect(Honesty(scenarios: [], health: health).grade == .c)
    }

    @Test func `without scenarios or health there is nothing against the run`() {
        #expect(Honesty(scenarios: [], health: []).grade == .a)
    }

    @Test func `how long the output was blocked is said from one per cent on`() {
        let short = Honesty(scenarios: [], health: [Self.health(blocked: 9_999)])
        let long = Honesty(scenarios: [], health: [Self.health(blocked: 10_000)])
        #expect(short.reasons.contains("output never blocked"))
        #expect(long.reasons.contains("output blocked 1.0 % of the time; nothing was lost"))
    }

    @Test func `the finding says which percentiles are free of the generator's lag`() {
        var figures = ScenarioFigures()
        figures.metrics.counts.planned = 1000
        figures.metrics.counts.started = 1000
        // 30 µs of each response are the generator's: half of those of the fast, nothing to speak of in the slow ones.
        for (service, count) in [(30_000, 800), (3_000_000, 200)] as [(UInt64, UInt64)] {
            figures.metrics.serviceTime.record(service, count: count)
            figures.metrics.responseTime.record(service + 30_000, count: count)
        }
        figures.metrics.pacingLag.record(30_000, count: 1000)
        let honesty = Honesty(scenarios: [("browse", figures)], health: [])
        #expect(honesty.grade == .c)
        #expect(
            honesty.reasons.first
                == "browse: up to 50 % of response p50 is the generator's own lag (30.0 µs of 60.0 µs); "
                + "free of it: service time, and response p90, p95, p99")
    }

    @Test func `scenarios of which the same is to be said share a line`() {
        let many = (1...12).map { (name: "endpoint-\($0)", figures: Self.figures(pacing: UInt64($0) * 1000)) }
        let reasons = Honesty(scenarios: many, health: []).reasons
        #expect(
            reasons == [
                "12 scenarios: every planned iteration started, drift 0 %",
                "endpoint-12, the worst of 12 scenarios: at most 1.2 % of response p50 to p99 is the generator's own lag "
                    + "(12.0 µs of 1.00 ms at p50)", "output never blocked",
            ])
        let two = Honesty(scenarios: [("a", Self.figures()), ("b", Self.figures())], health: []).reasons
        #expect(two.first == "a, b: every planned iteration started, drift 0 %")
    }

    @Test func `whatever is wrong is said of each scenario`() {
        let reasons = Honesty(
            scenarios: [("a", Self.figures(pacing: 200_000)), ("b", Self.figures(pacing: 300_000))], health: []
        ).reasons
        #expect(reasons.count { $0.contains("of response p50 is the generator's own lag") } == 2)
    }
}
