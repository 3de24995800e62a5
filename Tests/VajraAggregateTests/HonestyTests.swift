// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraWire

@testable import VajraAggregate

/// Each threshold of a grade, on both of its sides.
@Suite struct HonestyTests {
    private static func figures(
        planned: UInt64 = 100_000, started: UInt64? = nil, loadTime: Int64 = 1_000_000_000,
        response: UInt64 = 1_000_000,
        pacing: UInt64 = 0, lag: [UInt64: UInt64] = [:], isOpen: Bool = true
    ) -> ScenarioFigures {
        var figures = ScenarioFigures()
        figures.metrics.counts.planned = planned
        figures.metrics.counts.started = started ?? planned
        figures.metrics.responseTime.record(response, count: 100)
        figures.metrics.pacingLag.record(pacing, count: 100)
        for (value, count) in lag { figures.metrics.lag.record(value, count: count) }
        figures.loadTime = loadTime
        figures.plannedTime = 1_000_000_000
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

    static let rows: [Row] = [
        Row(story: "everything as planned", grade: .a),
        Row(story: "1 of 100 000 never started", grade: .b, figures: figures(started: 99_999)),
        Row(story: "1 of 10 000 never started", grade: .b, figures: figures(started: 99_990)),
        Row(story: "11 of 100 000 never started", grade: .c, figures: figures(started: 99_989)),
        Row(story: "1 of 100 never started", grade: .c, figures: figures(started: 99_000)),
        Row(story: "more than 1 of 100 never started", grade: .d, figures: figures(started: 98_999)),
        Row(story: "the load took 0.19 % longer", grade: .a, figures: figures(loadTime: 1_001_900_000)),
        Row(story: "the load took 0.3 % longer", grade: .b, figures: figures(loadTime: 1_003_000_000)),
        Row(story: "the load took 0.9 % longer", grade: .b, figures: figures(loadTime: 1_009_000_000)),
        Row(story: "the load took 1.1 % longer", grade: .c, figures: figures(loadTime: 1_011_000_000)),
        Row(story: "the load took 5.2 % longer", grade: .c, figures: figures(loadTime: 1_052_000_000)),
        Row(story: "the load took 5.5 % longer", grade: .d, figures: figures(loadTime: 1_055_000_000)),
        Row(story: "more started than planned", grade: .c, figures: figures(started: 102_000)),
        Row(
            story: "a closed load has no plan to miss", grade: .a,
            figures: figures(started: 1, loadTime: 9_000_000_000, pacing: 3_600_000_000_000, isOpen: false)),
        Row(story: "nothing was planned", grade: .a, figures: figures(planned: 0)),

        Row(story: "generator lag of 1 ms", grade: .a, figures: figures(pacing: 999_000)),
        Row(story: "of just above 1 ms", grade: .b, figures: figures(response: 11_000_000, pacing: 1_002_000)),
        Row(story: "of 5 ms", grade: .b, figures: figures(response: 5_000_000, pacing: 4_990_000)),
        Row(story: "of just above 5 ms", grade: .c, figures: figures(response: 5_000_000, pacing: 5_010_000)),
        Row(story: "of 20 ms", grade: .c, figures: figures(response: 20_000_000, pacing: 19_980_000)),
        Row(story: "of just above 20 ms", grade: .d, figures: figures(response: 20_000_000, pacing: 20_050_000)),
        Row(
            story: "of 30 ms, 4 % of the response", grade: .a,
            figures: figures(response: 750_000_000, pacing: 30_000_000)),
        Row(
            story: "of 30 ms, 6 % of the response", grade: .b,
            figures: figures(response: 500_000_000, pacing: 30_000_000)),
        Row(
            story: "of 30 ms, 11 % of the response", grade: .c,
            figures: figures(response: 270_000_000, pacing: 30_000_000)),
        Row(
            story: "of 30 ms, 26 % of the response", grade: .d,
            figures: figures(response: 115_000_000, pacing: 30_000_000)),

        Row(story: "one arrival in fifty waited", grade: .a, figures: figures(lag: [0: 98, 50_000_000: 2])),
        Row(story: "most arrivals waited", grade: .c, figures: figures(lag: [0: 40, 50_000_000: 60])),
        Row(story: "most arrivals waited just 10 ms", grade: .a, figures: figures(lag: [9_990_000: 100])),

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
        #expect(honesty.reasons.first?.hasPrefix("bad: 50000 of 100000 never started") == true)
        #expect(honesty.reasons[1].hasPrefix("busiest lane used 85 % of a processor: "))
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
}
