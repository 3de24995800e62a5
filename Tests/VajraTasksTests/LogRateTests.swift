// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

@testable import VajraTasks

private func at(_ milliseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: milliseconds * 1_000_000) }

@Suite struct LogRateTests {
    @Test func `a thousand lines pass at once, and then one a millisecond`() {
        var rate = LogRate()
        for _ in 0..<1000 { #expect(rate.decide(10, at: at(0)) == .pass) }
        #expect(rate.decide(10, at: at(0)) == .leaveOut)
        #expect(rate.decide(10, at: at(1)) == .passTelling(leftOut: 1))
        #expect(rate.decide(10, at: at(1)) == .leaveOut)
    }

    @Test func `what was left out is told at most once a second, and the rest at the end`() {
        var rate = LogRate()
        var told: [UInt64] = []
        for millisecond in 0..<3000 as Range<Int64> {
            for _ in 0..<10 {
                if case .passTelling(let count) = rate.decide(1, at: at(millisecond)) { told.append(count) }
            }
        }
        #expect(told.count == 3)
        #expect(told.reduce(0, +) + rate.takeLeftOut() == 30_000 - 1000 - 2999)
        #expect(rate.takeLeftOut() == 0)
    }

    @Test func `long lines are bounded by their bytes: 1 MB, and then 1 MB a second`() {
        var rate = LogRate()
        let passed = (0..<500).count { _ in rate.decide(16_384, at: at(0)) == .pass }
        #expect(passed == 61)
        let later = (0..<500).count { _ in rate.decide(16_384, at: at(1000)) != .leaveOut }
        #expect(later == 61)
    }
}
