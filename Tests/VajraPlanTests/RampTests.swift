// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraPlan

@Suite struct RampTests {
    @Test(
        arguments: [
            ("0/s", "10k/s", "30s", 150_000), ("10k/s", "0/s", "30s", 150_000), ("100/s", "10k/s", "30s", 151_500),
            ("0/s", "1/s", "3s", 2), ("0/s", "1/s", "2s", 1), ("1/s", "0/s", "1ns", 1), ("3/s", "4/s", "24h", 302_400),
            ("0/s", "1G/s", "2s", 1_000_000_000), ("0/s", "100k/s", "8760h", 1_576_800_000_000),
        ] as [(String, String, String, UInt64)])
    func `a ramp has the mean rate times its length of arrivals`(
        from: String, to: String, length: String, total: UInt64
    ) throws {
        #expect(try plan(.even, ramp(from, to, length)).total() == total)
    }

    @Test(arguments: ["10s", "1h", "24h", "8760h"])
    func `a ramp from zero follows the square root to the nanosecond`(length: String) throws {
        let rate: UInt128 = 1000
        let load = try plan(.even, ramp("0/s", "1k/s", length))
        let duration = UInt128(load.duration.nanoseconds)
        for index in probes(load.total()) {
            // rate · x² / (2 · duration) = k
            let start = root(2 * UInt128(index) * duration * 1_000_000_000 / rate)
            #expect(load.intendedStart(of: index) == Int64(start), "\(index) of \(load.total())")
        }
    }

    @Test(arguments: ["10s", "1h", "24h", "8760h"])
    func `a ramp to zero is the mirror image of one from zero`(length: String) throws {
        let rate: UInt128 = 1000
        let load = try plan(.even, ramp("1k/s", "0/s", length))
        let duration = UInt128(load.duration.nanoseconds)
        for index in probes(load.total()) {
            let square = 2 * UInt128(load.total() - index) * duration * 1_000_000_000 / rate
            let left = root(square)
            let start = duration - (left * left == square ? left : left + 1)
            #expect(load.intendedStart(of: index) == Int64(start), "\(index) of \(load.total())")
        }
    }

    @Test(
        arguments: [
            (100, 10_000, 30), (10_000, 100, 30), (0, 1, 3), (1, 0, 3), (99_999, 100_000, 60), (7, 1_000_000, 5),
        ] as [(Int128, Int128, Int128)])
    func `every start is the last nanosecond with no more than k arrivals`(
        from: Int128, to: Int128, seconds: Int128
    ) throws {
        let load = try plan(.even, ramp("\(from)/s", "\(to)/s", "\(seconds)s"))
        let length = seconds * 1_000_000_000
        /// Arrivals times 2 · length · 10^9, at x nanoseconds.
        func scaled(_ x: Int128) -> Int128 { x * (2 * length * from + (to - from) * x) }
        for index in probes(load.total()) {
            let start = Int128(try #require(load.intendedStart(of: index)))
            let limit = Int128(index) * 2 * length * 1_000_000_000
            #expect(scaled(start) <= limit)
            #expect(scaled(start + 1) > limit || start == length - 1)
        }
    }

    @Test func `a ramp between equal rates is a constant phase`() throws {
        let flat = try plan(.even, ramp("33.3/s", "33.3/s", "10s"))
        #expect(dealt(flat) == dealt(try plan(.even, constant("33.3/s", "10s"))))
    }

    @Test func `ramps at the limits of the plan stay exact and finite`() throws {
        // The widest products: a year, the finest common denominator, the most arrivals.
        for (from, to) in [("0/s", "571.234567/s"), ("571.234567/s", "0/s"), ("571.234567/s", "571.234566/s")] {
            let load = try plan(.even, ramp(from, to, "8759h59m59.999999999s"))
            for index in probes(load.total()) {
                let start = try #require(load.intendedStart(of: index))
                #expect(load.count(before: start) <= index)
                #expect(load.count(before: start + 1) > index)
            }
        }
        let fastest = try plan(.even, ramp("1G/s", "0/s", "10s"))
        #expect(fastest.total() == 5_000_000_000)
        #expect(fastest.intendedStart(of: 0) == 0)
        #expect(fastest.intendedStart(of: 4_999_999_999).map { $0 < 10_000_000_000 } == true)
    }

    private func probes(_ total: UInt64) -> [UInt64] {
        let spread = (0..<200).map { $0 * (total / 200) }
        return (spread + Array(0..<min(100, total)) + Array(total - min(100, total)..<total)).filter { $0 < total }
    }

    /// ⌊√n⌋ by Newton's method in integers: independent of the doubles under test.
    private func root(_ n: UInt128) -> UInt128 {
        guard n > 0 else { return 0 }
        var guess = UInt128(1) << ((128 - n.leadingZeroBitCount + 1) / 2)
        while true {
            let better = (guess + n / guess) / 2
            if better >= guess { return guess }
            guess = better
        }
    }
}
