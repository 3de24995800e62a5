// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VajraModel
import VajraPlan

// Bounds are three standard errors or a 1 % test; with fixed seeds the results are the same every time.
@Suite struct PoissonTests {
    @Test func `these instants never change, on any machine`() throws {
        let load = try plan(.poisson(seed: 1), constant("1k/s", "1h"))
        // Computed apart from this code, by a Python port of SplitMix64, fdlibm's logarithm and integer sums.
        let starts = dealt(load).map(\.start)
        #expect(starts.prefix(5) == [999_157, 1_057_248, 4_152_646, 4_404_399, 5_922_557])
        #expect(starts.count == 3_598_258)
        #expect(starts.last == 3_599_997_582_093)
    }

    @Test func `the same seed gives the same instants and another seed others`() throws {
        let loads = try [1, 1, 2].map { try plan(.poisson(seed: $0), constant("100/s", "10s")) }
        #expect(dealt(loads[0]) == dealt(loads[1]))
        #expect(Set(dealt(loads[0]).map(\.start)).isDisjoint(with: dealt(loads[2]).map(\.start)))
    }

    @Test(arguments: [1, 2, 3, .max] as [UInt64])
    func `counts a second have the mean and the variance of a Poisson law`(seed: UInt64) throws {
        let seconds = 10_000
        let load = try plan(.poisson(seed: seed), constant("20/s", "\(seconds)s"))
        var counts = [Double](repeating: 0, count: seconds)
        for arrival in dealt(load) { counts[Int(arrival.start / 1_000_000_000)] += 1 }
        let mean = counts.reduce(0, +) / Double(seconds)
        let variance = counts.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(seconds - 1)
        #expect(abs(mean - 20) < 3 * (20 / Double(seconds)).squareRoot())
        #expect(abs(variance / mean - 1) < 3 * (2 / Double(seconds)).squareRoot())
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `gaps pass the Kolmogorov-Smirnov test against the exponential law`(seed: UInt64) throws {
        let load = try plan(.poisson(seed: seed), constant("1k/s", "100s"))
        let starts = [0] + dealt(load).map(\.start)
        let gaps = zip(starts, starts.dropFirst()).map { Double($1 - $0) / 1e6 }
        let n = Double(gaps.count)
        let distance = gaps.sorted().enumerated().map { rank, gap in
            let law = 1 - exp(-gap)
            return max(law - Double(rank) / n, Double(rank + 1) / n - law)
        }.max()!
        #expect(distance * n.squareRoot() < 1.63)
        let pairs = zip(gaps, gaps.dropFirst()).map { ($0 - 1) * ($1 - 1) }
        #expect(abs(pairs.reduce(0, +) / n) < 3 / n.squareRoot(), "neighbouring gaps are correlated")
    }

    @Test func `streams of neighbouring seeds are not shifted copies`() throws {
        let gaps = try [10, 11 as UInt64].map { seed in
            let starts = dealt(try plan(.poisson(seed: seed), constant("1k/s", "5s"))).map(\.start)
            return Set(zip(starts, starts.dropFirst()).map { $1 - $0 })
        }
        #expect(gaps[0].intersection(gaps[1]).count < 50)
    }

    @Test func `on a ramp the counts follow the ramp`() throws {
        let load = try plan(.poisson(seed: 5), ramp("0/s", "10k/s", "20s"))
        let (half, whole) = (Double(load.count(before: 10_000_000_000)), Double(load.total()))
        #expect(abs(half - 25_000) < 3 * 25_000.0.squareRoot())
        #expect(abs(whole - 100_000) < 3 * 100_000.0.squareRoot())
        #expect(load.expectedTotal == 100_000)
    }

    @Test func `no arrival falls into a pause`() throws {
        let load = try plan(.poisson(seed: 6), constant("1k/s", "1s"), pause("1s"), constant("1k/s", "1s"))
        #expect(dealt(load).allSatisfy { $0.start < 1_000_000_000 || $0.start >= 2_000_000_000 })
    }
}
