// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraTestSupport

@testable import VajraAggregate

/// What the share of the generator's lag in a percentile promises, whatever the lag and the target do together.
@Suite struct GeneratorShareTests {
    /// Iterations of which both parts of the response time are known: what the generator's lag was, and what the user
    /// would have waited without it, of which the service time is all or a part.
    private struct Run {
        var figures = ScenarioFigures()
        var undelayed = Histogram()

        mutating func iteration(lag: UInt64, waited: UInt64, service: UInt64) {
            figures.metrics.pacingLag.record(lag)
            figures.metrics.serviceTime.record(service)
            figures.metrics.responseTime.record(lag + waited + service)
            undelayed.record(waited + service)
        }

        /// Whether the percentile, less the generator's part, is no more than what half as many users waited longer for.
        func keepsPromise(at quantile: Double) -> Bool {
            guard let share = figures.generatorShare(ofQuantile: quantile) else { return false }
            // Each of the three figures is rounded up to its bucket's end, a thousandth at most.
            return share.response - share.part <= undelayed.value(atQuantile: (1 + quantile) / 2) + share.response / 300
                && undelayed.value(atQuantile: quantile) <= share.response + share.response / 300
        }
    }

    private static let quantiles = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1]

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `a percentile less its share is what users would have waited, or less`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var sum = Run()
        for _ in 0..<2 {
            var run = Run()
            let stall = random.next() % 20
            for _ in 0..<(1 + random.next() % 3000) {
                // Hiccups of both, at times together.
                let isTogether = random.next() % 3 == 0
                let dice = random.next() % 1000
                let lag = dice < 8 + stall ? random.next() % 20_000_000 : random.next() % 60_000
                let isSlow = isTogether ? dice < 8 : random.next() % 1000 < 8
                let service = isSlow ? 5_000_000 + random.next() % 9_000_000 : 20_000 + random.next() % 50_000
                run.iteration(
                    lag: lag, waited: random.next() % 4 == 0 ? random.next() % 3_000_000 : 0, service: service)
            }
            for quantile in Self.quantiles { #expect(run.keepsPromise(at: quantile), "\(quantile)") }
            sum.figures.merge(run.figures)
            sum.undelayed.merge(run.undelayed)
        }
        for quantile in Self.quantiles { #expect(sum.keepsPromise(at: quantile), "merged, \(quantile)") }
    }

    @Test func `lag that is rarer than the percentile, and yet lifts it, is seen`() {
        // 8 of 1000 answers take 9 ms, and 8 others begin 5 ms late: the p99 is one of the late ones.
        var run = Run()
        for number in 0..<1000 {
            run.iteration(
                lag: (8..<16).contains(number) ? 5_000_000 : 0, waited: 0, service: number < 8 ? 9_000_000 : 50_000)
        }
        #expect(run.undelayed.value(atQuantile: 0.99) < 51_000)
        #expect(run.figures.metrics.pacingLag.value(atQuantile: 0.99) == 0)
        #expect(run.figures.generatorShare(ofQuantile: 0.99).map { $0.value > 0.98 } == true)
    }

    @Test func `lag that lifts no percentile costs nothing`() {
        // One arrival in a hundred begins 2 ms late, and is none of the slow.
        var run = Run()
        for number in 0..<1000 {
            run.iteration(
                lag: number % 100 == 50 ? 2_000_000 : 0, waited: 0, service: number < 100 ? 80_000_000 : 5_000_000)
        }
        for (_, quantile) in GeneratorShare.graded {
            #expect(run.figures.generatorShare(ofQuantile: quantile)?.grade == .a)
        }
    }

    @Test func `a wait for a place is not the generator's`() {
        var run = Run()
        for number in 0..<1000 { run.iteration(lag: 1000, waited: UInt64(number) * 1_000_000, service: 5_000_000) }
        #expect(run.figures.generatorShare(ofQuantile: 0.99).map { $0.part < 1100 } == true)
    }

    @Test func `nothing is said of a closed load, or of nothing`() {
        var run = Run()
        #expect(run.figures.generatorShare(ofQuantile: 0.99) == nil)
        run.iteration(lag: 1, waited: 0, service: 1)
        run.figures.isOpen = false
        #expect(run.figures.generatorShare(ofQuantile: 0.99) == nil)
    }
}
