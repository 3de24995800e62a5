// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraTarget

@Suite struct DelayDistributionTests {
    private static func milliseconds(_ count: Int64) -> TimeSpan { .milliseconds(count) }

    @Test(arguments: [
        ("5ms", DelayDistribution.fixed(milliseconds(5))),
        ("0s", .fixed(.zero)),
        ("1ms..10ms", .uniform(milliseconds(1), milliseconds(10))),
        ("5ms..5ms", .uniform(milliseconds(5), milliseconds(5))),
        ("exp:5ms", .exponential(mean: milliseconds(5))),
        ("p50=5ms,p99=80ms", .logNormal(p50: milliseconds(5), p99: milliseconds(80))),
        ("p50=5ms,p99=5ms", .logNormal(p50: milliseconds(5), p99: milliseconds(5))),
    ])
    func `each form is read`(text: String, wanted: DelayDistribution) {
        #expect(DelayDistribution(parsing: text) == wanted)
    }

    @Test(arguments: [
        "", "5", "ms", "-5ms", "10ms..1ms", "1ms..", "..1ms", "1ms..2ms..3ms", "exp:", "exp:5", "exp5ms", "p50=5ms",
        "p99=80ms,p50=5ms", "p50=80ms,p99=5ms", "p50=0s,p99=5ms", "normal:5ms",
    ])
    func `anything else is refused`(text: String) {
        #expect(DelayDistribution(parsing: text) == nil)
    }

    /// Sorted delays of one seed, in milliseconds.
    private static func draws(_ distribution: DelayDistribution, count: Int = 100_000) -> [Double] {
        var random = SplitMix64(seed: 7)
        return (0..<count).map { _ in Double(distribution.draw(&random)) / 1e6 }.sorted()
    }

    private static func isNear(_ value: Double, _ wanted: Double, within share: Double) -> Bool {
        abs(value - wanted) <= wanted * share
    }

    @Test func `a fixed delay is always the same`() {
        #expect(Set(Self.draws(.fixed(Self.milliseconds(5)), count: 100)) == [5])
    }

    @Test func `a uniform one stays between its ends, in the middle on average`() {
        let found = Self.draws(.uniform(Self.milliseconds(1), Self.milliseconds(11)))
        #expect(found[0] >= 1 && found[found.count - 1] <= 11)
        #expect(Self.isNear(found.reduce(0, +) / Double(found.count), 6, within: 0.01))
        #expect(Self.isNear(found[found.count / 4], 3.5, within: 0.02))
    }

    @Test func `an exponential one has its mean, and its median at ln 2 of it`() {
        let found = Self.draws(.exponential(mean: Self.milliseconds(10)))
        #expect(Self.isNear(found.reduce(0, +) / Double(found.count), 10, within: 0.02))
        #expect(Self.isNear(found[found.count / 2], 6.931, within: 0.02))
    }

    @Test func `a log-normal one goes through its two percentiles`() {
        let found = Self.draws(.logNormal(p50: Self.milliseconds(5), p99: Self.milliseconds(80)))
        #expect(Self.isNear(found[found.count / 2], 5, within: 0.02))
        #expect(Self.isNear(found[found.count * 99 / 100], 80, within: 0.05))
    }

    @Test func `the same seed draws the same, another one something else`() {
        let distribution = DelayDistribution.exponential(mean: Self.milliseconds(10))
        func first(_ seed: UInt64) -> [Int64] {
            var random = SplitMix64(seed: seed)
            return (0..<10).map { _ in distribution.draw(&random) }
        }
        #expect(first(1) == first(1))
        #expect(first(1) != first(2))
    }
}
