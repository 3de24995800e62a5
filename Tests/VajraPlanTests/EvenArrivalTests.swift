// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraPlan

@Suite struct EvenArrivalTests {
    @Test(
        arguments: [
            (0, 0), (1, 100_000_000), (9, 900_000_000), (10, 2_000_000_000), (11, 2_894_427_190),
            (14, 3_788_854_381), (15, 4_000_000_000), (16, 4_400_000_000), (17, 4_800_000_000), (18, nil), (.max, nil),
        ] as [(UInt64, Int64?)])
    func `the table in the doc comment holds`(index: UInt64, start: Int64?) throws {
        let load = try plan(
            .even, constant("10/s", "1s"), pause("1s"), ramp("0/s", "5/s", "2s"), constant("2.5/s", "1s"))
        #expect(load.intendedStart(of: index) == start)
        #expect(load.total() == 18)
        #expect(load.expectedTotal == 18)
    }

    @Test func `after two minutes at 10 000 a second the last iteration is intended at 119.9999 s exactly`() throws {
        let load = try plan(.even, constant("10k/s", "2m"))
        #expect(load.intendedStart(of: 1_199_999) == 119_999_900_000)
        #expect(load.intendedStart(of: 1_200_000) == nil)
    }

    @Test(arguments: [("100k/s", 1, 10_000), ("99999.7/s", 999_997, 10_000_000_000), ("1/7ns", 1, 7)])
    func `nothing drifts in 24 hours`(rate: String, iterations: Int128, period: Int128) throws {
        let length: Int128 = 86_400_000_000_000
        let load = try plan(.even, constant(rate, "24h"))
        let total = (length * iterations + period - 1) / period
        #expect(Int128(load.total()) == total)
        for index in stride(from: total - 100_000, to: total, by: 997) + [0, 1, total / 2, total - 1] {
            #expect(load.intendedStart(of: UInt64(index)) == Int64(index * period / iterations))
        }
        // Dealing goes on by adding, here through the whole day, so a lost remainder would show at its end.
        let day = dealt(load, try IterationShare(offset: 3, stride: UInt64(total / 50_000)))
        #expect(day.count >= 50_000)
        #expect(day.allSatisfy { Int128($0.start) == Int128($0.index) * period / iterations })
    }

    @Test func `dealing by adding equals the closed form over millions`() throws {
        for (rate, length, stride) in [("99999.7/s", "10s", 1), ("1/7ns", "7ms", 1), ("33.3k/s", "3m", 6)] {
            let load = try plan(.even, constant("7/s", "3.3s"), constant(rate, length), constant(rate, "1ms"))
            var cursor = ArrivalCursor(load, share: try IterationShare(offset: 0, stride: UInt64(stride)))
            var (expected, wrong) = (UInt64(0), 0)
            while let next = cursor.next() {
                if next.index != expected || load.intendedStart(of: expected) != next.intendedStart { wrong += 1 }
                expected += UInt64(stride)
            }
            #expect(wrong == 0)
            #expect(expected >= load.total() && expected < load.total() + UInt64(stride))
            #expect(cursor.next() == nil)
        }
    }

    @Test func `a fraction left over by a phase counts on in the next`() throws {
        let load = try plan(.even, constant("2.5/s", "1s"), constant("1/s", "2s"))
        // N(1 s) = 2.5, so iteration 3 is due half a second into the phase of 1/s, and N(end) = 4.5.
        #expect(dealt(load).map(\.start) == [0, 400_000_000, 800_000_000, 1_500_000_000, 2_500_000_000])
    }

    @Test func `an iteration due on a boundary belongs to the next phase with a rate`() throws {
        let load = try plan(.even, pause("1s"), constant("2/s", "1s"), pause("1s"), constant("1/s", "1s"), pause("1s"))
        #expect(dealt(load).map(\.start) == [1_000_000_000, 1_500_000_000, 3_000_000_000])
        #expect(load.duration == .seconds(5))
    }

    @Test(
        arguments: [
            ("one an hour", "1/h", "24h", 24, 82_800_000_000_000),
            ("one an hour, for less than an hour", "1/h", "1m", 1, 0),
            ("one in 104 days", "0.0004/h", "8760h", 4, 27_000_000_000_000_000),
            ("one a nanosecond", "1G/s", "1h", 3_600_000_000_000, 3_599_999_999_999),
            ("one a nanosecond for the most arrivals", "1G/s", "9007199254740992ns", 1 << 53, (1 << 53) - 1),
        ] as [(String, String, String, UInt64, Int64)])
    func `tiny and huge rates are exact`(
        story: String, rate: String, length: String, total: UInt64, last: Int64
    ) throws {
        let load = try plan(.even, constant(rate, length))
        #expect(load.total() == total)
        #expect(load.intendedStart(of: total - 1) == last)
        #expect(load.intendedStart(of: total) == nil)
    }

    @Test func `a load of nothing but pauses plans nothing`() throws {
        for process in [ArrivalProcess.even, .poisson(seed: 1)] {
            let load = try plan(process, pause("1s"), constant("0/s", "1s"))
            #expect(load.total() == 0)
            #expect(load.intendedStart(of: 0) == nil)
            #expect(dealt(load).isEmpty)
        }
    }

    @Test func `the target rate is that of the phase at the instant`() throws {
        let load = try plan(.even, constant("10/s", "1s"), ramp("10/s", "30/s", "2s"), pause("1s"))
        let second: Int64 = 1_000_000_000
        let instants: [(Int64, Double)] = [
            (-1, 0), (0, 10), (second, 10), (2 * second, 20), (3 * second, 0), (4 * second, 0),
        ]
        for (instant, rate) in instants {
            #expect(abs(load.rate(at: instant) - rate) < 1e-9)
        }
    }
}
